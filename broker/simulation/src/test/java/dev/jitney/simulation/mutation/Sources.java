package dev.jitney.simulation.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Copies sources of the repository, changes them and compiles them, without its checks. */
final class Sources {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("jitney.root")));
    private static final String MAIN = "src/main/java/";

    private Sources() {}

    /** A file of the repository. */
    static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** The class path of this process. */
    static String classPath() {
        return Objects.requireNonNull(System.getProperty("java.class.path"));
    }

    /**
     * Compiles the files that are changed, each with all its changes.
     *
     * @return where the classes are
     */
    static Path compiled(Path directory, List<Edit> edits) throws IOException {
        Map<String, String> changed = new LinkedHashMap<>();
        for (Edit edit : edits) {
            String before = changed.get(edit.file());
            String source = before == null ? read(edit.file()) : before;
            changed.put(edit.file(), edit.applied(source));
        }
        for (var each : changed.entrySet()) {
            String file = each.getKey();
            String inPackages = file.substring(file.indexOf(MAIN) + MAIN.length());
            Path copy = directory.resolve("source").resolve(inPackages);
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, each.getValue());
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(directory.resolve("source"), classes);
        return classes;
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> units = all.filter(each -> each.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-implicit:none",
                            "-parameters",
                            "-nowarn",
                            "-Xlint:none",
                            "-cp",
                            classPath(),
                            "-d",
                            classes.toString());
            boolean well =
                    javac.getTask(
                                    null,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjectsFromPaths(units))
                            .call();
            if (!well) {
                throw new IllegalStateException("a mutation does not compile, see above: " + units);
            }
        }
    }
}
