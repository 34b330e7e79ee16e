package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which GitHub Enterprise Server, and who we are there. The same for every command. */
final class GhesOptions {
    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ghes-url",
            paramLabel = "URL",
            description = "A GitHub Enterprise Server in place of the simulated one.")
    private @Nullable String url;

    @Option(
            names = "--ghes-token-file",
            paramLabel = "F",
            description = "File with a personal access token for it.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ghes-credentials",
            paramLabel = "DIR",
            description = {
                "Or a directory with the files app-id and private-key of a GitHub App,",
                "or token: the keys of the Secret ghes-credentials."
            })
    private @Nullable Path directory;

    @Option(
            names = "--ghes-ca-file",
            paramLabel = "F",
            description = "Certificate of the private authority that signed the server's.")
    private @Nullable Path caFile;

    /**
     * What was given.
     *
     * @return empty if nothing was
     * @throws ParameterException if it makes no sense
     */
    Optional<GhesConnection.Access> access() {
        boolean hasCredentials = tokenFile != null || directory != null;
        if (tokenFile != null && directory != null) {
            throw refusal("--ghes-token-file and --ghes-credentials exclude each other");
        }
        if ((url != null) != hasCredentials || (caFile != null && url == null)) {
            throw refusal("--ghes-url goes with --ghes-token-file or --ghes-credentials");
        }
        if (url == null) {
            return Optional.empty();
        }
        Path credentials =
                tokenFile != null
                        ? readable("--ghes-token-file", tokenFile)
                        : readable("--ghes-credentials", directory);
        return Optional.of(
                new GhesConnection.Access(
                        server(url),
                        credentials,
                        Optional.ofNullable(caFile).map(file -> readable("--ghes-ca-file", file))));
    }

    /**
     * What was given, or the simulated server of the system that is up.
     *
     * @throws StartFailed if there is neither
     */
    GhesConnection.Access accessOr(Optional<RunningSystem> running) {
        return access().or(() -> running.flatMap(GhesOptions::of))
                .orElseThrow(
                        () ->
                                new StartFailed(
                                        "no system is up; give --ghes-url and --ghes-token-file"
                                                + " or --ghes-credentials, or start one with"
                                                + " ./jitney up"));
    }

    private static Optional<GhesConnection.Access> of(RunningSystem running) {
        return running.address("ghes")
                .flatMap(
                        url ->
                                running.address("ghesCredentials")
                                        .map(
                                                credentials ->
                                                        new GhesConnection.Access(
                                                                URI.create(url),
                                                                Path.of(credentials),
                                                                running.address("ghesCaFile")
                                                                        .map(Path::of))));
    }

    /**
     * Opens a connection.
     *
     * @throws StartFailed if the files cannot be used; holds nothing of them
     */
    static GhesConnection open(GhesConnection.Access access) {
        try {
            return GhesConnection.open(access);
        } catch (IllegalArgumentException unusable) {
            throw new StartFailed(String.valueOf(unusable.getMessage()));
        }
    }

    private URI server(String text) {
        try {
            URI server = new URI(text);
            if (("http".equals(server.getScheme()) || "https".equals(server.getScheme()))
                    && server.getHost() != null) {
                return server;
            }
        } catch (URISyntaxException _) {
            // Refused below.
        }
        throw refusal("--ghes-url is '" + text + "', not an http or https address");
    }

    private Path readable(String option, @Nullable Path path) {
        if (path == null || !Files.isReadable(path)) {
            throw refusal(option + ": cannot read " + path);
        }
        return path.toAbsolutePath();
    }

    private ParameterException refusal(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
