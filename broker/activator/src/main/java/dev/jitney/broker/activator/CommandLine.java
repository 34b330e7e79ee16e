package dev.jitney.broker.activator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How an artifact becomes a process. */
@FunctionalInterface
public interface CommandLine {

    /**
     * The command of one instance; it runs with the artifact directory as working directory.
     *
     * @param artifact the directory that the image stands for
     * @param heapMegabytes the most heap the instance may use
     */
    List<String> command(Path artifact, int heapMegabytes);

    /**
     * A Quarkus {@code quarkus-app} directory, run by the JVM that runs this process, with its
     * ahead-of-time cache if it has one. The cache counts only with the flags it was made with and
     * the same relative class path, hence the working directory.
     */
    static CommandLine aotJar() {
        return (artifact, heapMegabytes) ->
                jvm(
                        heapMegabytes,
                        Files.exists(artifact.resolve("app.aot"))
                                ? List.of("-XX:AOTCache=app.aot")
                                : List.of());
    }

    /**
     * The same, but the instance writes its ahead-of-time cache when it is stopped, which takes
     * several seconds: give {@link ActivatorConfig.Timing#stopGrace()} a minute.
     */
    static CommandLine training() {
        return (artifact, heapMegabytes) ->
                jvm(heapMegabytes, List.of("-XX:AOTCacheOutput=app.aot"));
    }

    private static List<String> jvm(int heapMegabytes, List<String> cache) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+UseCompactObjectHeaders");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(cache);
        command.add("-jar");
        command.add("quarkus-run.jar");
        return command;
    }
}
