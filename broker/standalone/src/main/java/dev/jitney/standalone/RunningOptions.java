package dev.jitney.standalone;

import dev.jitney.standalone.system.RunningSystem;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which system that is up is meant, if any is. */
final class RunningOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to look for a system that is up (.jitney in the project).")
    private @Nullable Path data;

    Optional<RunningSystem> system() {
        return RunningSystem.on(data == null ? Project.current().defaultData() : data);
    }
}
