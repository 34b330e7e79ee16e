package dev.jitney.simulation.load;

/** A profile or a journal that cannot be used; the message has file, line and reason. */
public final class LoadRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadRefused(String message) {
        super(message);
    }
}
