package dev.jitney.simulation.ghes;

import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Repositories that the server does not show us for a while, although they are there. */
final class HiddenRepositories {
    private static final long HIDDEN_FOR = 20 * Nanos.MINUTE;

    private final Timeline timeline;
    private final Chaos chaos;
    private final Supplier<List<String>> all;
    private final Set<String> hidden = new HashSet<>();

    HiddenRepositories(Timeline timeline, Chaos chaos, Supplier<List<String>> all) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.all = all;
        chaos.hourly(Fault.GHES_HIDDEN, this::hideOne);
    }

    boolean contains(String repository) {
        return hidden.contains(repository);
    }

    private void hideOne() {
        List<String> repositories = all.get();
        if (!repositories.isEmpty()) {
            int which = chaos.dice(Fault.GHES_HIDDEN).below(repositories.size());
            String repository = repositories.get(which);
            hidden.add(repository);
            timeline.after(HIDDEN_FOR, () -> hidden.remove(repository));
        }
    }
}
