package dev.jitney.simulation.ghes;

import dev.jitney.ghes.Runner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runner as the server knows it. */
final class Registration {
    final long id;
    final String organization;
    final String name;
    final List<String> labels;
    @Nullable RunnerProcess process;
    @Nullable Job job;

    Registration(long id, String organization, String name, List<String> labels) {
        this.id = id;
        this.organization = organization;
        this.name = name;
        this.labels = labels;
    }

    boolean isIdle() {
        return process != null && job == null;
    }

    /** GitHub gives a runner every job whose labels it has. */
    boolean mayRun(Job each) {
        return labels.containsAll(each.labels());
    }

    Runner seen() {
        return new Runner(id, name, process != null, job != null, labels);
    }
}
