package dev.jitney.yaml;

/** Something at a line that cannot be used; the message is the reason. */
public final class YamlWrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    YamlWrong(int line, String reason) {
        super(reason);
        this.line = line;
    }

    /** From 1. */
    public int line() {
        return line;
    }
}
