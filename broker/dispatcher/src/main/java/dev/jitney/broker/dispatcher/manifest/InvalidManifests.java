package dev.jitney.broker.dispatcher.manifest;

import java.util.List;

/** Manifests that a cluster would refuse, or that the local stand-in cannot run. */
public final class InvalidManifests extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    InvalidManifests(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        text.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
        problems.forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }
}
