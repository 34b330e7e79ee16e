package dev.jitney.simulation.mutation;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The project once more beside itself, with some of its classes compiled from changed sources. What
 * is not the project's is shared.
 */
final class Mutant extends URLClassLoader {
    private static final String OURS = "dev.jitney.";

    private Mutant(URL[] path) {
        super("mutant", path, Mutant.class.getClassLoader());
    }

    static Mutant of(Path changed) throws MalformedURLException {
        List<URL> path = new ArrayList<>(List.of(changed.toUri().toURL()));
        for (String entry : Sources.classPath().split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return new Mutant(path.toArray(URL[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** Runs seeds until an invariant breaks. */
    @SuppressWarnings("unchecked")
    Optional<Caught> firstCaught(Day day, long first, long last) {
        try {
            Function<List<String>, List<String>> run =
                    (Function<List<String>, List<String>>)
                            loadClass(MutantRun.class.getName())
                                    .getDeclaredConstructor()
                                    .newInstance();
            List<String> caught =
                    run.apply(List.of(day.name(), Long.toString(first), Long.toString(last)));
            return caught.isEmpty() ? Optional.empty() : Optional.of(Caught.of(caught));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the class path lacks " + MutantRun.class, e);
        }
    }

    /** The same without a thing left open. */
    static Optional<Caught> run(Path directory, List<Edit> edits, Day day, long first, long last)
            throws IOException {
        List<Edit> all = new ArrayList<>(day.given());
        all.addAll(edits);
        try (Mutant mutant = of(Sources.compiled(directory, all))) {
            return mutant.firstCaught(day, first, last);
        }
    }
}
