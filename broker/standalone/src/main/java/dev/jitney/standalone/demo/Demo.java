package dev.jitney.standalone.demo;

import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.LoadProfile;
import dev.jitney.standalone.system.LocalSystem;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Drives a load through a running system and reports what became of it. */
public final class Demo {
    /** Share of the jobs that have ended from which nobody is killed any more. */
    private static final double SPARED_FROM = 0.98;

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** No job ends for so long: none will. Longer than any patience of the reconciler. */
    private static final Duration STALLED_AFTER = Duration.ofMinutes(5);

    private static final Duration TIDY_WITHIN = Duration.ofMinutes(4);

    private final LocalSystem system;
    private final GhesSimulator ghes;
    private final URI kubernetes;
    private final DemoOptions options;
    private final Recorder recorder;

    private Demo(LocalSystem system, GhesSimulator ghes, URI kubernetes, DemoOptions options) {
        this.system = system;
        this.ghes = ghes;
        this.kubernetes = kubernetes;
        this.options = options;
        var settings = system.config().settings();
        this.recorder = new Recorder(new Observation(settings.capacity(), settings.orgLimit()));
    }

    /**
     * Runs a demo to its end; one at a time.
     *
     * @param progress is told how far it is, four times a second
     * @throws StartFailed if this system is not simulated, or busy
     */
    public static Report run(LocalSystem system, DemoOptions options, Consumer<Progress> progress)
            throws InterruptedException {
        GhesSimulator ghes =
                system.ghes().orElseThrow(() -> new StartFailed("a demo needs the simulated GHES"));
        URI kubernetes =
                system.kubernetesUrl()
                        .orElseThrow(() -> new StartFailed("a demo needs the simulated cluster"));
        if (ghes.state().lost() + ghes.state().scheduled() + ghes.state().registrations() > 0) {
            throw new StartFailed("the system is busy; wait until its jobs have ended");
        }
        return new Demo(system, ghes, kubernetes, options).run(progress);
    }

    private Report run(Consumer<Progress> progress) throws InterruptedException {
        long start = System.nanoTime();
        long startsBefore = coldStartsBefore();
        system.watch(recorder, recorder);
        ghes.load(LoadProfile.of(options.organizations(), options.jobs(), options.seed()));
        List<String> notes = new ArrayList<>();
        int kills;
        try (Killer killer = Killer.start(options.faults(), system.processes(), options.seed());
                Leftovers.Search search =
                        new Leftovers.Search(system.infinispan(), ghes, kubernetes)) {
            awaitJobs(start, each -> progress.accept(sparing(killer, each)), notes);
            killer.stop();
            kills = killer.kills();
            Leftovers left = awaitNothingLeft(search, notes);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            notes.addAll(recorder.look(Observation::examples));
            long coldStarts = system.processes().coldStarts() - startsBefore;
            return recorder.look(seen -> report(seen, left, coldStarts, kills, took, notes));
        } finally {
            system.watch(
                    dev.jitney.ghes.simulator.GhesObserver.NONE,
                    dev.jitney.kubernetes.simulator.KubernetesObserver.NONE);
        }
    }

    /**
     * Towards the end only the reconciler runs, so that every kill would hit it before its first
     * tick: faults have to stop before it can be said what is left.
     */
    private static Progress sparing(Killer killer, Progress progress) {
        if (progress.counts().ended() >= progress.total() * SPARED_FROM) {
            killer.stop();
        }
        return progress;
    }

    private long coldStartsBefore() {
        return system.processes().coldStarts();
    }

    private Report report(
            Observation seen,
            Leftovers left,
            long coldStarts,
            int kills,
            Duration took,
            List<String> notes) {
        return new Report(
                new Report.Jobs(options.jobs(), seen.counts().ended(), seen.cancelled()),
                new Report.Runners(seen.podPeak(), seen.podPeakPerOrganization()),
                seen.violations(),
                seen.inversions(),
                seen.waitSeconds(system.config().trial().speed()),
                seen.webhookToPodMillis(),
                coldStarts,
                kills,
                left,
                options.seed(),
                took.toMillis() / 1000.0,
                notes);
    }

    private void awaitJobs(long start, Consumer<Progress> progress, List<String> notes)
            throws InterruptedException {
        Pace pace = new Pace();
        long lastMove = System.nanoTime();
        Progress.Counts last = new Progress.Counts(0, 0, 0, 0);
        while (true) {
            Progress.Counts counts = recorder.look(Observation::counts);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            progress.accept(
                    new Progress(options.jobs(), counts, elapsed, pace.perSecond(counts.ended())));
            if (counts.ended() >= options.jobs()) {
                return;
            }
            if (!counts.equals(last)) {
                last = counts;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > STALLED_AFTER.toNanos()) {
                notes.add("gave up: nothing moved for " + STALLED_AFTER.toMinutes() + " minutes");
                return;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static Leftovers awaitNothingLeft(Leftovers.Search search, List<String> notes)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIDY_WITHIN.toNanos();
        Leftovers left = new Leftovers(-1, -1, -1, -1, -1);
        while (System.nanoTime() < deadline) {
            try {
                left = search.look();
                if (left.isNothing()) {
                    return left;
                }
            } catch (IOException | LedgerUnavailable unreachable) {
                left = new Leftovers(-1, -1, -1, -1, -1);
            }
            Thread.sleep(LOOK_EVERY);
        }
        notes.add(
                "gave up: something was still left after " + TIDY_WITHIN.toMinutes() + " minutes");
        return left;
    }

    /** Jobs that ended in the last second. */
    private static final class Pace {
        private static final int LOOKS = 4;

        private final int[] last = new int[LOOKS];
        private int looks;

        int perSecond(int ended) {
            int before = last[looks % LOOKS];
            last[looks++ % LOOKS] = ended;
            return ended - before;
        }
    }
}
