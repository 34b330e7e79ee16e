package dev.jitney.ghes.simulator;

import java.net.URI;

/** The addresses in GitHub's bodies. Known only once the server listens. */
final class Urls {
    private String html = "";

    void bind(URI server) {
        html = server.toString();
    }

    String html() {
        return html;
    }

    String api() {
        return html + "/api/v3";
    }

    /** The host with its port. */
    String host() {
        return URI.create(html).getAuthority();
    }

    String run(Jobs.Run run) {
        return "%s/repos/%s/actions/runs/%d".formatted(api(), run.repository.fullName(), run.id);
    }
}
