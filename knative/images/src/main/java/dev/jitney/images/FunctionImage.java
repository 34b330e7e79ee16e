package dev.jitney.images;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The image of one function: a JDK 25 below, and what {@code ./mvnw package} left in its {@code
 * target/quarkus-app}. The same files always give the same image: times, owners and order are
 * fixed.
 *
 * <p>Runs as a number that is not root and writes nothing, so the root file system may be
 * read-only.
 *
 * @param function its name in {@code knative/base/services}
 * @param app its {@code quarkus-app} directory
 */
record FunctionImage(String function, Path app) {
    /** Any number but 0. */
    static final String USER = "10001";

    private static final AbsoluteUnixPath PLACE = AbsoluteUnixPath.get("/app");

    /** The flags are those of decision 4; a third of the memory for the heap. */
    private static final List<String> ENTRYPOINT =
            List.of(
                    "java",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:MaxRAMPercentage=33",
                    "-jar",
                    "quarkus-run.jar");

    /** Libraries change seldom, so a new version of a function is a small layer. */
    private static final String LIBRARIES = "lib";

    /**
     * Where the application of a function is.
     *
     * @throws IllegalStateException when it was not built
     */
    static FunctionImage in(Path project, String function) {
        Path app = project.resolve("functions").resolve(function).resolve("target/quarkus-app");
        if (!Files.isRegularFile(app.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException(
                    "the function " + function + " is not built; run ./mvnw package first");
        }
        return new FunctionImage(function, app);
    }

    /** Puts the function on top of a base. */
    JibContainerBuilder over(JibContainerBuilder base, String version) {
        try {
            return base.addFileEntriesLayer(layer(LIBRARIES, true))
                    .addFileEntriesLayer(layer(function, false))
                    .setWorkingDirectory(PLACE)
                    .setEntrypoint(ENTRYPOINT)
                    .setUser(USER)
                    .setExposedPorts(java.util.Set.of(Port.tcp(8080)))
                    .setLabels(
                            Map.of(
                                    "org.opencontainers.image.title",
                                    "jitney-" + function,
                                    "org.opencontainers.image.version",
                                    version,
                                    "org.opencontainers.image.licenses",
                                    "Apache-2.0"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + app, e);
        }
    }

    private FileEntriesLayer layer(String name, boolean libraries) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> all = Files.walk(app)) {
            for (Path file : all.sorted().toList()) {
                Path inside = app.relativize(file);
                if (inside.startsWith(LIBRARIES) == libraries && !file.equals(app)) {
                    layer.addEntry(file, PLACE.resolve(inside.toString()), permissions(file));
                }
            }
        }
        return layer.build();
    }

    /** Everybody may read: the number of the user is whatever the cluster says. */
    private static FilePermissions permissions(Path file) {
        return Files.isDirectory(file)
                ? FilePermissions.DEFAULT_FOLDER_PERMISSIONS
                : FilePermissions.DEFAULT_FILE_PERMISSIONS;
    }
}
