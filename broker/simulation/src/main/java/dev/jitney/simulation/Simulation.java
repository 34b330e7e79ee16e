package dev.jitney.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.core.event.EventTypes;
import dev.jitney.simulation.broker.Event;
import dev.jitney.simulation.check.Invariant;
import dev.jitney.simulation.check.Violation;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.Job;
import dev.jitney.simulation.ghes.JobPlan;
import dev.jitney.simulation.load.Load;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of the whole system in virtual time: jobs arrive and faults strike for some hours, then
 * both stop, and the world must come to rest.
 */
public final class Simulation {
    /** Within this after the last arrival everything must have ended that the capacity can do. */
    private static final long REST_WITHIN = 6 * Nanos.HOUR;

    /** How long a job may be out of line: retries of the broker, or a tick of the reconciler. */
    private static final long OUT_MAX = 5 * Nanos.MINUTE;

    private final SimulationOptions options;
    private final World world;
    private final ObjectMapper mapper = new ObjectMapper();
    private final List<String> organizations;
    private final List<JobPlan> plans;
    private final long end;
    private final long restBy;
    private long restAt = -1;

    private Simulation(SimulationOptions options, Load load, Manifests manifests) {
        this.options = options;
        this.end = (long) (options.hours() * Nanos.HOUR);
        this.restBy = end + REST_WITHIN + load.overhang(options);
        this.world = new World(options, manifests, mapper, end);
        this.organizations = load.organizations();
        this.plans = load.first(options.jobsMax());
    }

    /**
     * Runs once.
     *
     * @param manifests the wiring: {@code knative/base}
     * @throws Violation if an invariant does not hold
     */
    public static SimulationReport run(SimulationOptions options, Manifests manifests)
            throws InterruptedException {
        return run(options, Load.officeDay(options), manifests);
    }

    /**
     * Runs once under a given load.
     *
     * @param options whose organizations and hours are those of the load
     * @param manifests the wiring: {@code knative/base}
     * @throws Violation if an invariant does not hold
     */
    public static SimulationReport run(SimulationOptions options, Load load, Manifests manifests)
            throws InterruptedException {
        return new Simulation(options, load, manifests).run();
    }

    private SimulationReport run() throws InterruptedException {
        world.know(organizations);
        arrive(0);
        tick();
        look();
        try {
            world.timeline.run();
        } catch (IllegalStateException e) {
            throw bug(e);
        }
        return report();
    }

    private Violation bug(IllegalStateException e) {
        Violation violation =
                world.checker.reporter().made(Invariant.NO_BUG, "", null, String.valueOf(e));
        violation.initCause(e);
        return violation;
    }

    private void arrive(int next) {
        if (next < plans.size()) {
            JobPlan plan = plans.get(next);
            world.timeline.after(
                    plan.at() - world.timeline.now(),
                    () -> {
                        world.ghes.create(plan);
                        arrive(next + 1);
                    });
        }
    }

    /** The PingSource. */
    private void tick() {
        world.timeline.after(
                Nanos.MINUTE,
                () -> {
                    world.broker.accept(
                            new Event(
                                    "ping-" + world.timeline.now() / Nanos.MINUTE,
                                    "/apis/v1/namespaces/jitney/pingsources/reconcile",
                                    EventTypes.TICK,
                                    null,
                                    Nanos.instant(world.timeline.now()),
                                    Map.of(),
                                    mapper.createObjectNode().put("op", "reconcile")));
                    tick();
                });
    }

    private void look() {
        world.timeline.after(
                10 * Nanos.SECOND,
                () -> {
                    world.checker.conserving(OUT_MAX);
                    long now = world.timeline.now();
                    if (now > end && isOver()) {
                        restAt = now;
                        world.timeline.stop();
                    } else if (now > restBy) {
                        throw stuck();
                    } else {
                        look();
                    }
                });
    }

    private boolean isOver() {
        return world.checker.isAtRest()
                && world.pods.left() == 0
                && world.locks.size() == 0
                && world.counters.values().values().stream().allMatch(value -> value == 0);
    }

    private Violation stuck() {
        Optional<Job> open = world.checker.open();
        String left =
                world.checker.left()
                        + " "
                        + world.pods.leftNames()
                        + " counters "
                        + world.counters.values().entrySet().stream()
                                .filter(each -> each.getValue() != 0)
                                .toList();
        return open.map(
                        job ->
                                world.checker
                                        .reporter()
                                        .made(
                                                Invariant.EVERY_JOB_ENDS,
                                                job.organization(),
                                                Long.toString(job.id()),
                                                "job "
                                                        + job.id()
                                                        + " is "
                                                        + job.status()
                                                        + "; "
                                                        + left))
                .orElseGet(
                        () ->
                                world.checker
                                        .reporter()
                                        .made(Invariant.NOTHING_LEFT, "", null, left));
    }

    private SimulationReport report() {
        return new SimulationReport(
                options,
                world.trace.hash(),
                world.broker.accepted(),
                world.broker.attempts(),
                world.broker.letters(),
                world.effects(),
                world.checker.checks(),
                world.checker.created(),
                world.checker.ran(),
                world.checker.cancelled(),
                world.checker.lost(),
                world.checker.peak(),
                world.checker.waits(),
                world.checker.unknown(),
                world.checker.longestOut() / Nanos.MILLI,
                (restAt - end) / Nanos.MILLI,
                world.repairs(),
                world.chaos.struck());
    }
}
