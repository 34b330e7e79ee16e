package dev.jitney.simulation.check;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.simulation.engine.Killed;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Watches the ledgers of organizations. */
final class OrgCheck {
    /** Said once more here: what the code that is checked takes for older may be wrong. */
    private static final Comparator<WaitingJob> BY_AGE =
            Comparator.comparing(WaitingJob::createdAt).thenComparingLong(job -> job.id().value());

    private final Allowance allowance;
    private final Reporter reporter;
    private final Trace trace;
    private final LineCheck line;
    private final Runners runners;
    private final Map<Organization, OrgLedger> ledgers = new HashMap<>();

    /** Organizations with a job out of line that should stand there, and since when. */
    private final Map<Organization, Long> out = new LinkedHashMap<>();

    private long leases;
    private long freeSince;
    private long longestOut;

    OrgCheck(Allowance allowance, Reporter reporter, Trace trace, LineCheck line, Runners runners) {
        this.allowance = allowance;
        this.reporter = reporter;
        this.trace = trace;
        this.line = line;
        this.runners = runners;
    }

    void written(@Nullable OrgLedger before, OrgLedger after) {
        Organization organization = after.organization();
        ledgers.put(organization, after);
        int had = before == null ? 0 : before.leases().size();
        leases += after.leases().size() - had;
        if (after.leases().size() > had) {
            withinLimit(before, after);
        }
        notForgotten(before, after);
        Walk.changes(
                before == null ? Map.of() : before.leases(),
                after.leases(),
                Walk.of(
                        (runner, _) ->
                                trace.add("lease-", organization.login(), runner.value(), ""),
                        (_, lease) -> leased(organization, lease)));
        onePlace(after);
        inOrder(after);
        watchLine(organization, after);
    }

    /** A lease for a runner that is there already only says what is true. */
    private void withinLimit(@Nullable OrgLedger before, OrgLedger after) {
        int most = allowance.most(after.organization());
        boolean begins =
                after.leases().keySet().stream()
                        .anyMatch(
                                runner ->
                                        (before == null || before.lease(runner).isEmpty())
                                                && !runners.isThere(runner));
        if (begins && after.leases().size() > most) {
            throw reporter.violation(
                    Invariant.LEASES_WITHIN_LIMIT,
                    after.organization().login(),
                    null,
                    after.leases().size() + " leases of " + most);
        }
    }

    void wiped() {
        ledgers.clear();
        out.clear();
        leases = 0;
    }

    private void leased(Organization organization, Lease now) {
        String runner = now.runner().value();
        trace.add(now.state().name(), organization.login(), runner, now.job().id().toString());
        if (hasNotBegun(now) && !now.runnerClass().equals(now.job().runnerClass())) {
            throw reporter.violation(
                    Invariant.CLASS_FITS,
                    organization.login(),
                    runner,
                    runner + " is kept for a job of " + now.job().runnerClass());
        }
    }

    /** A job goes by an event that says so, and is then remembered as finished. */
    private void notForgotten(@Nullable OrgLedger before, OrgLedger after) {
        if (before == null) {
            return;
        }
        Set<JobId> known = new HashSet<>(after.finished().keySet());
        known.addAll(after.gated().keySet());
        after.backlog().forEach(job -> known.add(job.id()));
        after.leases().values().stream()
                .filter(lease -> !lease.state().isLeaving())
                .forEach(lease -> known.add(lease.job().id()));
        Stream<JobId> waited =
                Stream.of(
                                before.backlog().stream().map(WaitingJob::id),
                                before.gated().keySet().stream(),
                                before.leases().values().stream()
                                        .filter(OrgCheck::hasNotBegun)
                                        .map(lease -> lease.job().id()))
                        .flatMap(each -> each);
        waited.filter(job -> !known.contains(job))
                .findFirst()
                .ifPresent(
                        job -> {
                            throw reporter.violation(
                                    Invariant.NOT_FORGOTTEN,
                                    after.organization().login(),
                                    job.toString(),
                                    "job " + job + " waited and is nowhere any more");
                        });
    }

    private static boolean hasNotBegun(Lease lease) {
        return lease.state() == LeaseState.REQUESTED || lease.state() == LeaseState.STARTED;
    }

    private void inOrder(OrgLedger ledger) {
        WaitingJob last = null;
        for (WaitingJob job : ledger.backlog()) {
            if (last != null && BY_AGE.compare(last, job) > 0) {
                throw reporter.violation(
                        Invariant.ORDER,
                        ledger.organization().login(),
                        job.id().toString(),
                        "job " + job.id() + " is older than " + last.id() + " and waits behind it");
            }
            last = job;
        }
    }

    private void onePlace(OrgLedger ledger) {
        Set<JobId> served = new HashSet<>();
        for (Lease lease : ledger.leases().values()) {
            JobId job = lease.job().id();
            if (!lease.state().isLeaving() && (!served.add(job) || ledger.isFinished(job))) {
                throw twice(
                        ledger, job, ledger.isFinished(job) ? "leased, finished" : "leased twice");
            }
        }
        for (WaitingJob job : ledger.backlog()) {
            if (served.contains(job.id())
                    || ledger.finished().containsKey(job.id())
                    || ledger.gated().containsKey(job.id())) {
                throw twice(ledger, job.id(), "in the backlog and elsewhere");
            }
        }
        for (JobId job : ledger.gated().keySet()) {
            if (served.contains(job) || ledger.finished().containsKey(job)) {
                throw twice(ledger, job, "gated and elsewhere");
            }
        }
    }

    private Killed twice(OrgLedger ledger, JobId job, String where) {
        return reporter.violation(
                Invariant.ONE_PLACE,
                ledger.organization().login(),
                job.toString(),
                "job " + job + " is " + where);
    }

    /** The jobs that should stand in line and do not. */
    private List<LineEntry> outOfLine(Organization organization, OrgLedger ledger) {
        List<LineEntry> missing = new ArrayList<>();
        if (ledger.backlog().isEmpty() || !line.mayGrow(organization)) {
            return missing;
        }
        Instant now = Nanos.instant(reporter.now());
        int limit = allowance.least(organization);
        for (LineEntry entry : ledger.line(limit, now)) {
            if (!line.hasPlace(entry.runner())
                    && !line.isFurtherBack(entry)
                    && !line.standsInLine(organization, entry)) {
                missing.add(entry);
            }
        }
        return missing;
    }

    private void watchLine(Organization organization, OrgLedger ledger) {
        if (ledger.backlog().isEmpty()) {
            settled(organization);
        } else {
            out.putIfAbsent(organization, reporter.now());
        }
    }

    private void settled(Organization organization) {
        out.remove(organization);
    }

    /**
     * Looks once in a while at the organizations with a backlog.
     *
     * @param bound how long a job may be out of line while capacity is free
     */
    void conserving(long bound) {
        long now = reporter.now();
        if (!line.hasRoom()) {
            freeSince = now;
            return;
        }
        for (Organization organization : List.copyOf(out.keySet())) {
            OrgLedger ledger = ledgers.get(organization);
            List<LineEntry> missing = ledger == null ? List.of() : outOfLine(organization, ledger);
            if (missing.isEmpty()) {
                out.put(organization, now);
                continue;
            }
            long since = Math.max(out.getOrDefault(organization, now), freeSince);
            longestOut = Math.max(longestOut, now - since);
            if (now - since > bound) {
                JobId job = missing.getFirst().job();
                throw reporter.violation(
                        Invariant.WORK_CONSERVING,
                        organization.login(),
                        job.toString(),
                        "job " + job + " is out of line since " + Nanos.text(since));
            }
        }
    }

    long leases() {
        return leases;
    }

    long longestOut() {
        return longestOut;
    }

    /** What is not idle, for people. */
    List<String> busy() {
        return ledgers.values().stream()
                .filter(ledger -> !ledger.isIdle())
                .map(
                        ledger ->
                                "%s: backlog %s, leases %s, gated %s"
                                        .formatted(
                                                ledger.organization(),
                                                ledger.backlog(),
                                                ledger.leases().values(),
                                                ledger.gated().keySet()))
                .sorted()
                .toList();
    }

    boolean isIdle() {
        return leases == 0 && ledgers.values().stream().allMatch(OrgLedger::isIdle);
    }
}
