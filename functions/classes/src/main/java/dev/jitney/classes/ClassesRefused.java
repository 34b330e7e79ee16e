package dev.jitney.classes;

/** A file of runner classes that cannot be used; the message has file, line and reason. */
public final class ClassesRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ClassesRefused(String reason) {
        super(reason);
    }
}
