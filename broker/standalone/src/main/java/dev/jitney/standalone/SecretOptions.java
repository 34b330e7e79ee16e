package dev.jitney.standalone;

import dev.jitney.standalone.install.PullSecret;
import dev.jitney.standalone.install.Site;
import dev.jitney.standalone.install.SiteSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The files with the secrets of an installation. */
final class SecretOptions {
    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ghes-token-file",
            paramLabel = "F",
            description = "A personal access token of GHES.")
    private @Nullable Path tokenFile;

    @Option(names = "--app-id", paramLabel = "ID", description = "Or the id of a GitHub App,")
    private @Nullable String appId;

    @Option(names = "--app-key-file", paramLabel = "F", description = "and its private key.")
    private @Nullable Path appKeyFile;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "F",
            required = true,
            description = "What GHES signs webhooks with; one secret a line.")
    private Path webhookSecretFile = Path.of("");

    @Option(
            names = "--ca-file",
            paramLabel = "F",
            description = "Certificate of the private authority that signed that of GHES.")
    private @Nullable Path caFile;

    @Option(
            names = "--infinispan-cert-file",
            paramLabel = "F",
            description = "Certificate of the Infinispan cluster (not with --broker mt),")
    private @Nullable Path certFile;

    @Option(
            names = "--infinispan-key-file",
            paramLabel = "F",
            description = "and its key; without them you make the Secret infinispan-tls yourself.")
    private @Nullable Path keyFile;

    @Option(
            names = "--infinispan-ca-file",
            paramLabel = "F",
            description = "Certificate of the authority that signed it (the certificate itself).")
    private @Nullable Path infinispanCaFile;

    @Option(
            names = "--infinispan-password-file",
            paramLabel = "F",
            description = "Password of Infinispan (made once, and kept).")
    private @Nullable Path passwordFile;

    @Option(
            names = "--pull-secret-file",
            paramLabel = "F",
            description = "Who may pull the images: a config.json of docker (everybody).")
    private @Nullable Path pullSecretFile;

    /** Whether the functions are a GitHub App. */
    boolean isApp() {
        return appId != null;
    }

    /** The certificate of the authority of GHES. */
    Optional<Path> ca() {
        return Optional.ofNullable(caFile);
    }

    /** The password of Infinispan, if it was given. */
    Optional<String> password() {
        return Optional.ofNullable(passwordFile)
                .map(file -> read("--infinispan-password-file", file).strip());
    }

    /**
     * What the files hold.
     *
     * @throws ParameterException if files are missing, cannot be read, are empty or make no sense
     */
    SiteSecrets secrets(String password, Site site) {
        return new SiteSecrets(
                read("--webhook-secret-file", webhookSecretFile),
                credentials(),
                ca().map(file -> read("--ca-file", file)),
                password,
                site.broker().hasInfinispanCluster() ? Optional.of(tls()) : Optional.empty(),
                Optional.ofNullable(pullSecretFile).map(file -> pull(file, site.registry())));
    }

    private PullSecret pull(Path file, String registry) {
        try {
            return PullSecret.of(read("--pull-secret-file", file), registry);
        } catch (IllegalArgumentException wrong) {
            throw refusal(String.valueOf(wrong.getMessage()));
        }
    }

    private SiteSecrets.Credentials credentials() {
        if ((tokenFile == null) == (appId == null) || (appId == null) != (appKeyFile == null)) {
            throw refusal("give --ghes-token-file, or --app-id and --app-key-file");
        }
        if (tokenFile != null) {
            return new SiteSecrets.Credentials.Token(read("--ghes-token-file", tokenFile));
        }
        return new SiteSecrets.Credentials.App(
                String.valueOf(appId), read("--app-key-file", appKeyFile));
    }

    private SiteSecrets.Tls tls() {
        if ((certFile == null) != (keyFile == null)
                || (certFile == null && infinispanCaFile == null)) {
            throw refusal(
                    "give --infinispan-cert-file and --infinispan-key-file, or --infinispan-ca-file"
                            + " alone if you make the Secret infinispan-tls yourself");
        }
        Path authority = infinispanCaFile == null ? certFile : infinispanCaFile;
        return new SiteSecrets.Tls(
                read("--infinispan-ca-file", authority),
                certFile == null
                        ? Optional.empty()
                        : Optional.of(
                                new SiteSecrets.Pair(
                                        read("--infinispan-cert-file", certFile),
                                        read("--infinispan-key-file", keyFile))));
    }

    private String read(String option, @Nullable Path file) {
        try {
            String content = file == null ? "" : Files.readString(file);
            if (content.isBlank()) {
                throw refusal(option + ": " + file + " is empty");
            }
            return content;
        } catch (IOException e) {
            throw refusal(option + ": cannot read " + file);
        }
    }

    private ParameterException refusal(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
