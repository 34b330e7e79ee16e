package dev.jitney.ghes;

import dev.jitney.ghes.mount.Mounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Tokens by what a directory holds at the moment, so that they can be changed without a restart:
 * {@link Credentials} says which files. An App keeps its tokens until its files change.
 */
final class MountedTokens implements TokenSource {
    private final Mounted<TokenSource> mounted;

    /**
     * @param credentials a directory, or a file with a token
     * @param wire what an App asks for its tokens by
     */
    MountedTokens(Path credentials, Wire wire, InstantSource clock, LongSupplier nanos) {
        this.mounted =
                Files.isRegularFile(credentials)
                        ? Mounted.file(
                                credentials,
                                token -> source(Credentials.ofToken(token), wire, clock))
                        : new Mounted<>(
                                credentials,
                                Credentials.FILES,
                                files -> source(Credentials.of(files), wire, clock),
                                nanos);
    }

    /**
     * Reads the files, so that a start fails and not the first call.
     *
     * @throws IllegalArgumentException if they cannot be used; holds nothing of them
     */
    void check() {
        var _ = mounted.get();
    }

    private static TokenSource source(Credentials from, Wire wire, InstantSource clock) {
        return switch (from) {
            case Credentials.Token(String secret) -> _ -> secret;
            case Credentials.App(AppKey key) ->
                    new AppTokens(
                            call -> wire.exchange(call, key.jwt(clock.instant())), key, clock);
        };
    }

    @Override
    public String token(String organization) {
        return mounted.get().token(organization);
    }

    @Override
    public String appToken() {
        return mounted.get().appToken();
    }

    @Override
    public boolean isApp() {
        return mounted.get().isApp();
    }

    /** The files may have changed within the second that they are not looked at. */
    @Override
    public boolean refused(String organization, String token) {
        TokenSource last = mounted.get();
        TokenSource now = mounted.fresh();
        return last.refused(organization, token) || !last.equals(now);
    }
}
