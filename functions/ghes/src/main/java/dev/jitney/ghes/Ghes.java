package dev.jitney.ghes;

import java.util.List;
import java.util.Optional;

/**
 * The calls Jitney makes on GitHub Enterprise Server 3.14 or newer.
 *
 * <p>No call retries by itself: each throws {@link GhesUnavailable} when trying again may help (the
 * broker redelivers, or the reconciler comes back), {@link GhesRefused} when it will not. "No such
 * thing" is a value where the caller is expected to meet it. Organization logins and repository
 * names may be given in any case. Implementations may be called from several threads.
 *
 * @see <a href="https://docs.github.com/enterprise-server/rest/actions/self-hosted-runners">REST:
 *     self-hosted runners</a>
 */
public interface Ghes {

    /**
     * Registers one ephemeral runner and returns its configuration. Not idempotent: the second call
     * with the same name is refused.
     *
     * @return the runner with its encoded configuration: a credential, never logged, good for one
     *     registration
     * @throws RunnerNameTaken if the name is in use (409). The earlier configuration cannot be read
     *     again: keep the runner if its pod exists, else remove it and ask once more
     * @throws GhesRefused if the organization is unknown (404) or the request invalid (422)
     * @throws GhesUnavailable on 5xx, 429 or timeout. The runner may exist all the same
     */
    JitRunner generateJitConfig(String organization, JitRequest request);

    /** The registered runner with this id, or empty after it was removed (404). */
    Optional<Runner> runner(String organization, long runnerId);

    /**
     * The registered runner with this name. Lists may be about a minute old on the server: prefer
     * {@link #runner} where the id is known.
     */
    Optional<Runner> runnerNamed(String organization, String name);

    /**
     * All runners registered to the organization, at most 10,000. A runner removed while the pages
     * are read can hide another one: ask {@link #runner} before acting on an absence.
     */
    List<Runner> runners(String organization);

    /**
     * Takes the registration away, and with it the right to ever take a job. Idempotent. This is
     * the atomic idle check: only after {@link Removal#REMOVED} or {@link Removal#GONE} may the pod
     * be killed.
     */
    Removal removeRunner(String organization, long runnerId);

    /**
     * One job, fresh from the server.
     *
     * @param repository the full name, {@code owner/name}
     * @return empty if the job or the repository is unknown (404)
     */
    Optional<WorkflowJob> job(String repository, long jobId);

    /**
     * Whether GitHub shows us what runs in a repository. It answers the same 404 for one that was
     * deleted and for one that our credentials may not read.
     */
    boolean shows(String repository);

    /**
     * The runs of a repository in one status, newest first, a hundred to a page. The server shows
     * no more than the newest thousand. A run that changes its status while the pages are read can
     * hide another one.
     *
     * @param repository the full name, {@code owner/name}; an unknown one has no runs
     * @param page from 1 to 10; one beyond the last run is empty
     */
    List<WorkflowRun> runs(String repository, RunStatus status, int page);

    /**
     * The jobs of the latest attempt of a run, at most 1,000.
     *
     * @param repository the full name, {@code owner/name}; an unknown run has no jobs
     */
    List<WorkflowJob> jobs(String repository, long runId);

    /** The hundred repositories of an organization that were pushed to last, newest first. */
    List<Repository> repositories(String organization);

    /**
     * All repositories of an organization by name, a hundred to a page.
     *
     * @param page from 1; one beyond the last is empty
     */
    default List<Repository> repositoriesByName(String organization, int page) {
        return page == 1 ? repositories(organization) : List.of();
    }

    /**
     * The logins of all organizations of the server, by id: one call per hundred, at most 10,000.
     */
    List<String> organizations();

    /** The version the server runs, such as {@code 3.14.0}. Cheap: the probe at start. */
    String installedVersion();

    /**
     * The id of the organization's default runner group. Asked once, then remembered until a
     * request for a runner in it is refused.
     *
     * @throws GhesRefused if the organization is unknown or shows no default group (404)
     */
    long defaultRunnerGroup(String organization);

    /**
     * The id of a runner group of the organization by its name, in any case. Remembered like {@link
     * #defaultRunnerGroup}.
     *
     * @throws GhesRefused if the organization is unknown or has no such group (404)
     */
    long runnerGroupNamed(String organization, String name);
}
