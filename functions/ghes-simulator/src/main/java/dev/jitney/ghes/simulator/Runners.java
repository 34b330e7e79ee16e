package dev.jitney.ghes.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The registrations of all organizations, and the sessions runners hold on them. */
final class Runners {

    /** How long a runner counts as online after it was last heard of. */
    private static final Duration ONLINE_FOR = Duration.ofSeconds(20);

    /** A question for a job that is held open. */
    interface Poll {
        void answer(Turn turn);
    }

    /** What a runner is told. */
    sealed interface Turn {
        record Run(Jobs.Job job) implements Turn {}

        record Nothing() implements Turn {}

        record Gone() implements Turn {}
    }

    /** One registration. Its key is the secret inside the configuration. */
    static final class Registration {
        final Assignment.IdleRunner runner;
        final String organization;
        final List<String> labels;
        final long groupId;
        final String key;
        @Nullable String session;
        Jobs.@Nullable Job job;
        @Nullable Poll poll;
        Instant lastSeen = Instant.EPOCH;
        boolean removed;

        Registration(
                Assignment.IdleRunner runner,
                String organization,
                List<String> labels,
                long groupId,
                String key) {
            this.runner = runner;
            this.organization = organization;
            this.labels = labels;
            this.groupId = groupId;
            this.key = key;
        }

        boolean isBusy() {
            return job != null;
        }

        boolean isIdle() {
            return job == null && poll != null;
        }

        boolean isOnline(Instant now) {
            return isBusy() || poll != null || lastSeen.plus(ONLINE_FOR).isAfter(now);
        }

        /** Answers the open question, if there is one. */
        void tell(Turn turn) {
            Poll open = poll;
            poll = null;
            if (open != null) open.answer(turn);
        }
    }

    private final Map<Long, Registration> byId = new HashMap<>();
    private final Map<String, Map<Long, Registration>> byOrganization = new HashMap<>();
    private final Map<String, Registration> byName = new HashMap<>();
    private final Map<String, Registration> bySession = new HashMap<>();
    private long lastId = 10;

    /** Registers a runner; its name must be free. */
    Registration register(
            String organization, String name, List<String> labels, long groupId, String key) {
        var runner = new Assignment.IdleRunner(++lastId, name, Assignment.labels(labels));
        var made = new Registration(runner, organization, List.copyOf(labels), groupId, key);
        byId.put(runner.id(), made);
        ofOrganization(organization).put(runner.id(), made);
        byName.put(nameKey(organization, name), made);
        return made;
    }

    void remove(Registration registration) {
        registration.removed = true;
        byId.remove(registration.runner.id());
        ofOrganization(registration.organization).remove(registration.runner.id());
        byName.remove(nameKey(registration.organization, registration.runner.name()));
        endSession(registration);
    }

    /**
     * The runner is not heard of any more: the registration stays, offline, and blocks its name.
     */
    void lose(Registration registration) {
        registration.lastSeen = Instant.EPOCH;
        endSession(registration);
    }

    private void endSession(Registration registration) {
        if (registration.session != null) bySession.remove(registration.session);
        registration.tell(new Turn.Gone());
    }

    Optional<Registration> find(String organization, long id) {
        return Optional.ofNullable(byId.get(id))
                .filter(found -> found.organization.equals(organization));
    }

    Optional<Registration> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean isTaken(String organization, String name) {
        return byName.containsKey(nameKey(organization, name));
    }

    Optional<Registration> inSession(String session) {
        return Optional.ofNullable(bySession.get(session));
    }

    void open(Registration registration, String session, Instant now) {
        registration.session = session;
        registration.lastSeen = now;
        bySession.put(session, registration);
    }

    /** By age, a live view. */
    Collection<Registration> of(String organization) {
        return ofOrganization(organization).values();
    }

    private Map<Long, Registration> ofOrganization(String organization) {
        return byOrganization.computeIfAbsent(organization, _ -> new TreeMap<>());
    }

    int count() {
        return byId.size();
    }

    private static String nameKey(String organization, String name) {
        return organization + "/" + name.toLowerCase(Locale.ROOT);
    }
}
