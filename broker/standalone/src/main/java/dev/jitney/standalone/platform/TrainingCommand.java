package dev.jitney.standalone.platform;

import dev.jitney.broker.activator.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts functions so that each instance writes an ahead-of-time cache to a file of its own when it
 * stops. Instances must not share a file, and a training that is cut off must not leave half a
 * cache where the activator would take it for a whole one.
 */
public final class TrainingCommand implements CommandLine {
    /** Names of the files, in the directory of the function. */
    public static final String PREFIX = "training-";

    private static final String OUTPUT = "-XX:AOTCacheOutput=app.aot";

    private final AtomicInteger started = new AtomicInteger();

    @Override
    public List<String> command(Path artifact, int heapMegabytes) {
        String file = PREFIX + started.incrementAndGet() + ".aot";
        return CommandLine.training().command(artifact, heapMegabytes).stream()
                .map(part -> part.equals(OUTPUT) ? "-XX:AOTCacheOutput=" + file : part)
                .toList();
    }
}
