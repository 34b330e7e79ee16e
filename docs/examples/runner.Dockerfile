# A runner image of one's own: GitHub's, with more in it. docs/runner-classes.md says what it must keep.
#   docker build -f docs/examples/runner.Dockerfile -t registry.example.com/ci/runner:2.336.0-1 .
FROM ghcr.io/actions/actions-runner:2.336.0

USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential git-lfs unzip zstd \
    && rm -rf /var/lib/apt/lists/*

# Jobs run as this user; the group docker (123) may use the socket of the daemon beside it.
USER runner
