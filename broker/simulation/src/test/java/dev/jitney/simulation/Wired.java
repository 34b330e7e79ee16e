package dev.jitney.simulation;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The wiring that ships. */
final class Wired {
    static final Manifests MANIFESTS =
            Manifests.read(
                    Path.of(Objects.requireNonNull(System.getProperty("jitney.root")))
                            .resolve("knative/base"));

    /** Held here, or its level is forgotten. */
    private static final Logger FUNCTIONS = Logger.getLogger("dev.jitney");

    static {
        FUNCTIONS.setLevel(Level.OFF);
    }

    private Wired() {}
}
