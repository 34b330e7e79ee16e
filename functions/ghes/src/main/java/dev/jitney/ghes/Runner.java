package dev.jitney.ghes;

import java.util.List;

/**
 * A registered runner as the server lists it. The server tells neither its age nor when it was last
 * seen.
 *
 * @param id GitHub's id of the registration
 * @param name unique in the organization
 * @param online whether it holds a session now; a runner that never started is offline
 * @param busy whether it runs a job now
 * @param labels as registered
 */
public record Runner(long id, String name, boolean online, boolean busy, List<String> labels) {
    public Runner {
        labels = List.copyOf(labels);
    }
}
