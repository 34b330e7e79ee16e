package dev.jitney.ghes;

/**
 * A fresh registration and the configuration that lets one runner use it.
 *
 * @param runnerId GitHub's id of the registration
 * @param name the name of the runner
 * @param encodedJitConfig base64; holds the private key of the runner: a secret
 */
public record JitRunner(long runnerId, String name, String encodedJitConfig) {

    /** Leaves the configuration out. */
    @Override
    public String toString() {
        return "JitRunner[runnerId=" + runnerId + ", name=" + name + "]";
    }
}
