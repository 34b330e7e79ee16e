package dev.jitney.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of a comparison of capacities: docs/capacity-planning.md. */
final class PlanOptions {
    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description =
                    "The load: a profile in YAML, or recorded jobs, one JSON object a line:"
                            + " docs/capacity-planning.md.")
    @Nullable Path profile;

    @Option(
            names = "--load-for",
            paramLabel = "N",
            description =
                    "The office day that belongs to this capacity, whatever --capacity says; with"
                            + " several capacities that of the first.")
    @Nullable Integer loadFor;

    @Option(
            names = "--runners-per-node",
            paramLabel = "N",
            description = "Tell capacities in nodes, too.")
    @Nullable Integer runnersPerNode;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Draw waits against capacities there.")
    @Nullable Path svg;

    boolean isAsked() {
        return profile != null || loadFor != null || runnersPerNode != null || svg != null;
    }

    int runnersOfNode() {
        return runnersPerNode == null ? 0 : runnersPerNode;
    }
}
