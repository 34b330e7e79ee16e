package dev.jitney.simulation.check;

import dev.jitney.core.Policy;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.simulation.engine.Killed;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.ghes.GhesWatch;
import dev.jitney.simulation.ghes.Job;
import dev.jitney.simulation.kubernetes.PodWatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the invariants at every change of the world. */
public final class Checker implements GhesWatch, PodWatch {
    private final Timeline timeline;
    private final Allowance allowance;
    private final Reporter reporter;
    private final Runners runners;
    private final LineCheck line;
    private final OrgCheck organizations;
    private final Jobs jobs;
    private final UnknownJobs unknown;
    private long checks;

    /**
     * @param strict whether a registration counts as a runner although its program is not there
     * @param arrivalsEnd when the last job may arrive, in virtual nanoseconds
     */
    public Checker(
            Policy policy, boolean strict, Timeline timeline, Trace trace, long arrivalsEnd) {
        this.timeline = timeline;
        this.allowance = new Allowance(policy);
        this.reporter = new Reporter(timeline, trace);
        this.runners = new Runners(allowance, strict, reporter, trace);
        this.line = new LineCheck(allowance, reporter, trace, runners);
        this.organizations = new OrgCheck(allowance, reporter, trace, line, runners);
        this.jobs = new Jobs(reporter, trace, arrivalsEnd);
        this.unknown = new UnknownJobs(reporter);
        runners.placesBy(line);
        reporter.arrivedBy(jobs::created);
    }

    public void organization(@Nullable OrgLedger before, OrgLedger after) {
        checks++;
        organizations.written(before, after);
        unknown.written(after);
    }

    public void cluster(@Nullable ClusterLedger before, ClusterLedger after) {
        checks++;
        line.written(before, after);
    }

    /** Operators have changed the policy. */
    public void allow(Policy policy) {
        allowance.change(policy);
        line.allowed();
        timeline.after(
                Allowance.LATE,
                () -> {
                    allowance.forget();
                    line.allowed();
                });
    }

    /** The store holds nothing any more. What really runs goes on. */
    public void wiped() {
        checks++;
        organizations.wiped();
        unknown.wiped(jobs.open().values());
        line.wiped();
    }

    @Override
    public void created(Job job) {
        checks++;
        jobs.created(job);
        unknown.created(job);
    }

    @Override
    public void started(Job job) {
        checks++;
        jobs.started(job);
        unknown.over(job);
    }

    @Override
    public void ended(Job job) {
        checks++;
        jobs.ended(job);
        unknown.over(job);
    }

    @Override
    public void registration(String organization, String name, boolean there, boolean active) {
        checks++;
        runners.registration(organization, name, there, active);
    }

    @Override
    public void pod(String organization, String name, boolean there) {
        checks++;
        runners.pod(organization, name, there);
    }

    @Override
    public void deletedAtWork(String organization, String name) {
        checks++;
        throw reporter.violation(
                Invariant.NO_JOB_KILLED,
                organization,
                name,
                "the pod of " + name + " is deleted though its runner is at work");
    }

    /** The reconciler found something though nothing struck that events do not put up with. */
    public Killed needlesslyRepaired(Decision decision) {
        return reporter.violation(
                Invariant.NOTHING_REPAIRED,
                decision.organization(),
                decision.runner().isEmpty() ? Long.toString(decision.job()) : decision.runner(),
                "the reconciler repaired " + decision.reason() + " " + decision.runner());
    }

    /** Once in a while: no job is out of line for longer than this while capacity is free. */
    public void conserving(long bound) {
        organizations.conserving(bound);
    }

    /** The first job that has not ended. */
    public Optional<Job> open() {
        return jobs.open().values().stream().findFirst();
    }

    public int openJobs() {
        return jobs.open().size();
    }

    /** No job, lease, place, pod or registration is left. */
    public boolean isAtRest() {
        return jobs.open().isEmpty()
                && organizations.leases() == 0
                && line.size() == 0
                && runners.size() == 0
                && organizations.isIdle();
    }

    /** What is left, for people. */
    public String left() {
        return "%d open jobs, %d places, %d runners, %s"
                .formatted(jobs.open().size(), line.size(), runners.size(), organizations.busy());
    }

    public Reporter reporter() {
        return reporter;
    }

    public long checks() {
        return checks;
    }

    public Waits waits() {
        return jobs.waits();
    }

    /** How long jobs waited without a ledger that names them. */
    public Waits unknown() {
        return unknown.unknown();
    }

    public int created() {
        return jobs.created();
    }

    public int ran() {
        return jobs.ran();
    }

    public int cancelled() {
        return jobs.cancelled();
    }

    /** Jobs that GitHub gave up because their runner was lost. */
    public int lost() {
        return jobs.lost();
    }

    public int peak() {
        return runners.peak();
    }

    /** Longest time that a job was out of line while capacity was free, in nanoseconds. */
    public long longestOut() {
        return organizations.longestOut();
    }
}
