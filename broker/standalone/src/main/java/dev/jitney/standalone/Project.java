package dev.jitney.standalone;

import dev.jitney.broker.dispatcher.manifest.InvalidManifests;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.standalone.system.StartFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout that {@code ./jitney} belongs to. */
record Project(Path root) {

    /** The one that the script names. */
    static Project current() {
        String root = System.getProperty("jitney.root");
        if (root == null) {
            throw new StartFailed("start with ./jitney");
        }
        return new Project(Path.of(root));
    }

    Path defaultData() {
        return root.resolve(".jitney");
    }

    Manifests manifests() {
        try {
            return Manifests.read(root.resolve("knative/base"));
        } catch (InvalidManifests e) {
            throw new StartFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where the functions are, built. */
    List<Path> functionApps() {
        List<Path> apps =
                manifests().services().stream()
                        .map(service -> service.getMetadata().getName())
                        .map(name -> root.resolve("functions").resolve(name))
                        .map(function -> function.resolve("target/quarkus-app"))
                        .toList();
        for (Path app : apps) {
            if (!Files.exists(app.resolve("quarkus-run.jar"))) {
                throw new StartFailed(app + " is not built; run ./mvnw -Dquick package");
            }
        }
        return apps;
    }
}
