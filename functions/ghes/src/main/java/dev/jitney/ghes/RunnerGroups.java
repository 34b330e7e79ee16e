package dev.jitney.ghes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The runner groups of each organization, remembered until a request in one is refused. */
final class RunnerGroups {
    private static final int NOT_FOUND = 404;

    private final Map<String, List<RunnerGroup>> known = new ConcurrentHashMap<>();
    private final Function<String, List<RunnerGroup>> server;

    RunnerGroups(Function<String, List<RunnerGroup>> server) {
        this.server = server;
    }

    /**
     * The id of a group. What is remembered may be older than the group, so the server is asked
     * before it is refused.
     *
     * @throws GhesRefused if the organization has no such group (404)
     */
    long find(String organization, Predicate<RunnerGroup> wanted, String refusal) {
        Optional<RunnerGroup> remembered =
                known.getOrDefault(key(organization), List.of()).stream()
                        .filter(wanted)
                        .findFirst();
        if (remembered.isPresent()) {
            return remembered.get().id();
        }
        List<RunnerGroup> groups = server.apply(organization);
        known.put(key(organization), groups);
        return groups.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new GhesRefused(refusal, NOT_FOUND))
                .id();
    }

    void forget(String organization) {
        known.remove(key(organization));
    }

    private static String key(String organization) {
        return organization.toLowerCase(Locale.ROOT);
    }
}
