package dev.jitney.ghes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A way to one server, with credentials, for the clients that use it: {@link HttpGhes}, {@link
 * HttpHooks}, {@link HookAdmin} and {@link Inspection}. Making it opens nothing; threads and
 * connections come with the first call.
 */
public final class GhesConnection implements AutoCloseable {
    /** What the files of a directory with credentials are called. */
    public static final List<String> CREDENTIAL_FILES = Credentials.FILES;

    private final Wire wire;
    private final Transport transport;
    private final GhesCalls calls;
    private final InstantSource clock;

    /**
     * Where a server is and what it takes to talk to it.
     *
     * @param server where GHES answers, without {@code /api/v3}
     * @param credentials directory with {@code token}, or {@code app-id} and {@code private-key},
     *     or a file with a token; read again when they change
     * @param ca file with certificates in PEM form that are trusted besides those the JDK knows;
     *     may be absent or empty
     * @param deadline for each call, from connecting to the last byte; several pages are several
     *     calls
     */
    public record Access(URI server, Path credentials, Optional<Path> ca, Duration deadline) {
        /** Long enough for a busy server, short enough to retry within an event's deadline. */
        public static final Duration DEADLINE = Duration.ofSeconds(5);

        /** With the usual deadline. */
        public Access(URI server, Path credentials, Optional<Path> ca) {
            this(server, credentials, ca, DEADLINE);
        }
    }

    private GhesConnection(Wire wire, TokenSource tokens, InstantSource clock) {
        this.wire = wire;
        this.transport = new Transport(wire, tokens);
        this.calls = new GhesCalls(transport, clock);
        this.clock = clock;
    }

    /**
     * A connection with the credentials of a directory.
     *
     * @throws IllegalArgumentException if credentials or certificates cannot be used; says which
     *     and why, and holds nothing of them
     */
    public static GhesConnection open(Access access) {
        InstantSource clock = InstantSource.system();
        Trust trust = access.ca().map(Trust::with).orElse(Trust.OF_THE_JDK);
        var _ = trust.context();
        var wire = new Wire(access.server(), trust, access.deadline());
        var tokens = new MountedTokens(access.credentials(), wire, clock, System::nanoTime);
        tokens.check();
        return new GhesConnection(wire, tokens, clock);
    }

    /** A connection with tokens from elsewhere, for servers whose certificate the JDK trusts. */
    public static GhesConnection with(
            URI server, TokenSource tokens, Duration deadline, InstantSource clock) {
        return new GhesConnection(new Wire(server, Trust.OF_THE_JDK, deadline), tokens, clock);
    }

    GhesCalls calls() {
        return calls;
    }

    /** What the server last said of the personal access token; nothing of a GitHub App. */
    public TokenFacts tokenFacts() {
        return transport.facts();
    }

    /** The moment, by our own clock. */
    Instant now() {
        return clock.instant();
    }

    /** Whether the credentials are those of a GitHub App at the moment. */
    public boolean isApp() {
        return transport.isApp();
    }

    /** Ends the connections. Calls under way fail as {@link GhesUnavailable}. */
    @Override
    public void close() {
        wire.close();
    }
}
