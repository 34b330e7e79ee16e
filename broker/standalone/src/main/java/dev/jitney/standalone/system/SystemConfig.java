package dev.jitney.standalone.system;

import dev.jitney.ghes.GhesConnection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A system to start.
 *
 * @param root of the project
 * @param data directory, made if absent
 * @param clean whether to remove what an earlier run left there
 * @param port of the webhook; 0 takes a free one
 * @param outside what replaces the simulators
 * @param settings from the command line
 * @param trial speed and faults
 * @param training whether functions write their ahead-of-time caches when they stop
 */
public record SystemConfig(
        Path root,
        Path data,
        boolean clean,
        int port,
        Outside outside,
        Settings settings,
        Trial trial,
        boolean training) {

    /**
     * Real things in place of simulated ones.
     *
     * @param ghes a GHES
     * @param kubeconfig a cluster
     * @param webhookSecretFile a secret in place of the generated one
     */
    public record Outside(
            Optional<GhesConnection.Access> ghes,
            Optional<Path> kubeconfig,
            Optional<Path> webhookSecretFile) {

        /** Everything simulated. */
        public static Outside simulated() {
            return new Outside(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * How the simulators and the broker behave.
     *
     * @param speed virtual seconds per second
     * @param seed of faults
     * @param faults none, light or heavy
     */
    public record Trial(double speed, long seed, String faults) {
        /** A minute passes in a second. */
        public static final double SPEED = 60;

        /** Nothing goes wrong. */
        public static Trial calm(double speed) {
            return new Trial(speed, 1, "none");
        }
    }
}
