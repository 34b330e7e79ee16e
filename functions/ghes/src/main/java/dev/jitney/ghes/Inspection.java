package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a server says of itself and of us. Reads only. Failures are those of {@link Ghes}. */
public final class Inspection {
    private final GhesConnection connection;
    private final GhesCalls calls;

    public Inspection(GhesConnection connection) {
        this.connection = connection;
        this.calls = connection.calls();
    }

    /**
     * The server itself.
     *
     * @param version it runs, such as {@code 3.14.0}; empty if it does not say, as github.com
     * @param clockAhead how far its clock is ahead of ours, to the second; negative if behind;
     *     empty if it does not say
     */
    public record Server(String version, Optional<Duration> clockAhead) {}

    /**
     * The GitHub App that we are.
     *
     * @param permissions it asks for, by name: {@code read} or {@code write}
     * @param events its webhook tells of
     * @param installations everywhere it is installed
     */
    public record App(
            SortedMap<String, String> permissions,
            List<String> events,
            List<Installation> installations) {
        public App {
            permissions = new TreeMap<>(permissions);
            events = List.copyOf(events);
            installations = List.copyOf(installations);
        }
    }

    /**
     * What is left of a rate limit.
     *
     * @param limit calls per hour
     * @param remaining calls in this hour
     */
    public record RateLimit(long limit, long remaining) {}

    /** Asks with the credentials, so it also tells whether they are any good. */
    public Server server() {
        Answer answer = calls.send(Call.get("", "/meta"));
        JsonNode meta = calls.json(answer);
        Optional<Duration> ahead =
                ServerClock.of(answer.headers())
                        .map(theirs -> Duration.between(connection.now(), theirs));
        return new Server(meta.path("installed_version").asText(""), ahead);
    }

    /** What the server last said of the personal access token; nothing of a GitHub App. */
    public TokenFacts token() {
        return connection.tokenFacts();
    }

    /** The App, and where it is installed. */
    public App app() {
        JsonNode app = calls.read(Call.get("", "/app").asApp());
        return new App(
                Json.texts(app.path("permissions")),
                Json.list(app.path("events"), JsonNode::asText),
                calls.installations());
    }

    /** All organizations of the server, whether or not they are ours. */
    public List<String> organizations() {
        return calls.allOrganizations();
    }

    /**
     * Whether we may manage the runners of an organization.
     *
     * @return the reason why not; empty if we may
     */
    public Optional<String> mayNotManageRunners(String organization) {
        try {
            var _ =
                    calls.read(
                            Call.get(
                                    organization,
                                    Call.org(organization) + "/actions/runner-groups"));
            return Optional.empty();
        } catch (GhesRefused refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** The limit of the credentials; empty if the server has none. */
    public Optional<RateLimit> rateLimit() {
        return calls.find(Call.get("", "/rate_limit"))
                .map(found -> found.path("resources").path("core"))
                .filter(core -> core.path("limit").asLong(0) > 0)
                .map(
                        core ->
                                new RateLimit(
                                        core.path("limit").asLong(),
                                        core.path("remaining").asLong()));
    }

    /** The moment, by the clock that the server's is compared with. */
    public Instant now() {
        return connection.now();
    }
}
