package dev.jitney.core.policy;

/** A change that makes no sense; the message says why, and what to do instead. */
public final class PolicyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyRefused(String message) {
        super(message);
    }
}
