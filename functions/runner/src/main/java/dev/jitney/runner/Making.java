package dev.jitney.runner;

import dev.jitney.core.Held;

/** How making a runner went. */
public sealed interface Making {
    /** The pod exists and has, or had, its JIT configuration. */
    record Made() implements Making {}

    /**
     * GitHub or Kubernetes refused for good, and nothing half made is left.
     *
     * @param reason whom to ask
     * @param message what they said; holds no secret
     */
    record Refused(Held reason, String message) implements Making {}
}
