package dev.jitney.simulation.check;

import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.ghes.Job;
import java.util.SortedMap;
import java.util.TreeMap;

/** Watches the jobs of the server. */
final class Jobs {
    private final Reporter reporter;
    private final Trace trace;
    private final TreeMap<Long, Job> open = new TreeMap<>();
    private final long workCountsUntil;
    private final Waits waits = new Waits();
    private int created;
    private int ran;
    private int cancelled;
    private int lost;

    /**
     * @param workCountsUntil the end of the time that a share of work is asked of
     */
    Jobs(Reporter reporter, Trace trace, long workCountsUntil) {
        this.workCountsUntil = workCountsUntil;
        this.reporter = reporter;
        this.trace = trace;
    }

    void created(Job job) {
        created++;
        open.put(job.id(), job);
        trace.add("created", job.organization(), Long.toString(job.id()), "");
    }

    void started(Job job) {
        trace.add("started", job.organization(), Long.toString(job.id()), job.runnerName());
        if (job.runs() > 1) {
            throw reporter.violation(
                    Invariant.RUN_ONCE,
                    job.organization(),
                    Long.toString(job.id()),
                    "job " + job.id() + " was taken by " + job.runs() + " runners");
        }
        waits.add(job.waited());
    }

    void ended(Job job) {
        String how = job.conclusion().orElse("");
        trace.add("ended", job.organization(), Long.toString(job.id()), how);
        open.remove(job.id());
        waits.worked(job.workedUntil(workCountsUntil));
        if (job.isCancelled()) {
            cancelled++;
        } else if (how.equals("success")) {
            ran++;
        } else {
            lost++;
        }
    }

    SortedMap<Long, Job> open() {
        return open;
    }

    Waits waits() {
        return waits;
    }

    int created() {
        return created;
    }

    int ran() {
        return ran;
    }

    int cancelled() {
        return cancelled;
    }

    int lost() {
        return lost;
    }
}
