package dev.jitney.standalone;

import dev.jitney.classes.ClassesRefused;
import dev.jitney.standalone.install.AddressRange;
import dev.jitney.standalone.install.SiteRunners;
import dev.jitney.standalone.install.TrustingClasses;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is special about the runners of an installation. */
final class RunnerOptions {
    /** Replaced by picocli. */
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "Runner classes, docs/runner-classes.md (one class, code-linux).")
    private @Nullable Path classes;

    @Option(
            names = "--cluster-range",
            paramLabel = "CIDR",
            description = {
                "Addresses of the cluster's pods, and of its services, which runners may not",
                "call; may be given several times."
            })
    private List<String> ranges = List.of();

    @Option(
            names = "--runner-port",
            paramLabel = "N",
            description = {
                "A TCP port beside 80 and 443 that runners may call, such as 22 for Git over SSH;",
                "may be given several times."
            })
    private List<Integer> ports = List.of();

    /**
     * What was given.
     *
     * @param usual the runner classes if no others are given
     * @param isPrivate whether GHES has a certificate of a private authority, which runners are to
     *     trust
     * @throws ParameterException if it makes no sense
     * @throws StartFailed if there is something wrong in the file; says in which line
     */
    SiteRunners runners(String usual, boolean isPrivate) {
        try {
            Optional<String> given =
                    classes == null ? Optional.empty() : Optional.of(text(classes));
            return new SiteRunners(
                    isPrivate ? Optional.of(TrustingClasses.of(given.orElse(usual))) : given,
                    ranges.stream().map(AddressRange::parse).toList(),
                    ports);
        } catch (ClassesRefused wrong) {
            throw new StartFailed(String.valueOf(wrong.getMessage()), wrong);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Path file) {
        var _ = ClassesCommand.checked(file);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("--classes: cannot read " + file, e);
        }
    }
}
