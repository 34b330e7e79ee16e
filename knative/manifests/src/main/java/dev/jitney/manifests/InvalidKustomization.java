package dev.jitney.manifests;

import java.nio.file.Path;

/** A kustomization that cannot be rendered; the message names the file and says what to do. */
public final class InvalidKustomization extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidKustomization(Path file, String problem) {
        super(file + ": " + problem);
    }
}
