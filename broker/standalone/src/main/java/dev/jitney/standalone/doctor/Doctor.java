package dev.jitney.standalone.doctor;

import dev.jitney.ghes.GhesException;
import dev.jitney.kubernetes.KubernetesFailure;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything, in order, whatever is found on the way. */
public final class Doctor {

    /**
     * Checks that make sense together.
     *
     * @param first without which the rest is not looked at
     * @param rest the others
     */
    public record Part(Check first, List<Check> rest) {
        public Part {
            rest = List.copyOf(rest);
        }
    }

    /** What was found about one topic. */
    public record Result(String topic, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        /** Whether anything does not work. */
        public boolean isFail() {
            return findings.stream().anyMatch(Finding::isFail);
        }
    }

    private Doctor() {}

    /** Looks at all parts. */
    public static List<Result> examine(List<Part> parts) {
        List<Result> results = new ArrayList<>();
        for (Part part : parts) {
            Result first = result(part.first());
            results.add(first);
            if (!first.isFail()) {
                part.rest().forEach(check -> results.add(result(check)));
            } else {
                part.rest().forEach(check -> results.add(skipped(check, first)));
            }
        }
        return results;
    }

    private static Result skipped(Check check, Result first) {
        return new Result(
                check.topic(),
                List.of(
                        Finding.warn(
                                "not looked at",
                                "mend what is said about " + first.topic() + " first")));
    }

    private static Result result(Check check) {
        try {
            return new Result(check.topic(), check.look());
        } catch (GhesException | KubernetesFailure failed) {
            return new Result(
                    check.topic(),
                    List.of(
                            Finding.fail(
                                    "cannot be seen: " + failed.getMessage(),
                                    "see what else is said here, then look again")));
        }
    }
}
