package dev.jitney.simulation.check;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Standing;
import dev.jitney.simulation.engine.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches the cluster's ledger. Keeps the jobs in line that may have a place in an index of its
 * own, changed by what a write changed, so that a check costs what the change costs.
 */
final class LineCheck {
    /** A single turn grants no more than this; what is left is granted by the next. */
    private static final int GRANTS_MAX = 50;

    /** Said once more here: what the code that is checked takes for older may be wrong. */
    private static final Comparator<LineEntry> BY_AGE =
            Comparator.comparing(LineEntry::createdAt)
                    .thenComparingLong(entry -> entry.job().value());

    private final Allowance allowance;
    private final Reporter reporter;
    private final Trace trace;
    private final Runners runners;
    private final Map<Organization, Account> accounts = new HashMap<>();
    private final Map<RunnerClassName, TreeSet<LineEntry>> eligible = new TreeMap<>();
    private final Map<RunnerClassName, Integer> ofClass = new HashMap<>();
    private final Map<JobId, LineEntry> stood = new HashMap<>();
    private final Map<RunnerClassName, Age> servedUntil = new HashMap<>();
    private Map<RunnerName, Place> places = new LinkedHashMap<>();
    private ClusterLedger ledger = ClusterLedger.LOST;

    private static final class Account {
        private int places;
        private int least;
        private boolean mayGrow;
        private @Nullable Standing standing;

        private Account(int least) {
            this.least = least;
            this.mayGrow = least > 0;
        }
    }

    LineCheck(Allowance allowance, Reporter reporter, Trace trace, Runners runners) {
        this.allowance = allowance;
        this.reporter = reporter;
        this.trace = trace;
        this.runners = runners;
    }

    void written(@Nullable ClusterLedger before, ClusterLedger after) {
        ClusterLedger last = before == null ? ClusterLedger.LOST : before;
        servedUntil.clear();
        after.overflow().forEach((each, further) -> servedUntil.put(each, further.servedUntil()));
        List<Place> granted = new ArrayList<>();
        Map<RunnerName, Place> released = new LinkedHashMap<>();
        Walk.changes(
                last.places(),
                after.places(),
                Walk.of(
                        released::put,
                        (runner, place) -> {
                            if (!last.places().containsKey(runner)) {
                                granted.add(place);
                            }
                        }));
        Walk.changes(
                last.line(),
                after.line(),
                Walk.of(
                        (who, _) -> stand(who, null),
                        (who, standing) -> {
                            if (isOneStep(last, after)) {
                                newest(who, last.line().get(who), standing);
                            }
                            stand(who, standing);
                        }));
        for (Place place : granted) {
            released.remove(place.runner());
        }
        released.values().forEach(this::released);
        granted.forEach(this::granted);
        places = after.places();
        ledger = after;
        if (after.isOpen() && !last.isOpen()) {
            runners.believed();
        }
        // The write that opens the ledger is no turn: the next one serves the line.
        if (last.isOpen()) {
            withinLimits(granted);
            served(last, isOneStep(last, after), granted);
        }
    }

    /** A process that has several changes of one record writes them at once. */
    private static boolean isOneStep(ClusterLedger before, ClusterLedger after) {
        return after.revision() == before.revision() + 1;
    }

    void wiped() {
        accounts.clear();
        eligible.clear();
        ofClass.clear();
        places = new LinkedHashMap<>();
        ledger = ClusterLedger.LOST;
    }

    private void released(Place place) {
        trace.add("place-", place.organization().login(), place.runner().value(), "");
        count(place, -1);
        runners.placeGone(place);
    }

    private void granted(Place place) {
        trace.add("place+", place.organization().login(), place.runner().value(), "");
        count(place, 1);
    }

    /** A place for a runner that is there already only says what is true. */
    private void withinLimits(List<Place> granted) {
        for (Place place : granted) {
            int most = allowance.most(place.organization());
            int taken = account(place.organization()).places;
            int capacity = allowance.capacityMost();
            int ofThis = ofClass.getOrDefault(place.runnerClass(), 0);
            int mostOfThis = allowance.most(place.runnerClass());
            boolean tooMany = taken > most || places.size() > capacity || ofThis > mostOfThis;
            if (tooMany && !runners.isThere(place.runner())) {
                throw reporter.violation(
                        Invariant.PLACES_WITHIN_LIMIT,
                        place.organization().login(),
                        null,
                        "%d places of %d, %d of %s of %d, %d in all of %d"
                                .formatted(
                                        taken,
                                        most,
                                        ofThis,
                                        place.runnerClass(),
                                        mostOfThis,
                                        places.size(),
                                        capacity));
            }
        }
    }

    private void count(Place place, int by) {
        ofClass.merge(place.runnerClass(), by, Integer::sum);
        Account account = account(place.organization());
        account.places += by;
        look(account);
    }

    /** The policy has changed, or does not count any more as it was. */
    void allowed() {
        accounts.forEach(
                (organization, account) -> {
                    account.least = allowance.least(organization);
                    look(account);
                });
    }

    private void look(Account account) {
        boolean can = account.places < account.least;
        if (can != account.mayGrow && account.standing != null) {
            index(account.standing, can);
        }
        account.mayGrow = can;
    }

    private Account account(Organization organization) {
        return accounts.computeIfAbsent(
                organization, _ -> new Account(allowance.least(organization)));
    }

    private void stand(Organization organization, @Nullable Standing standing) {
        Account account = account(organization);
        if (account.standing != null && account.mayGrow) {
            index(account.standing, false);
        }
        account.standing = standing;
        if (standing != null) {
            standing.entries().forEach(entry -> stood.put(entry.job(), entry));
            if (account.mayGrow) {
                index(standing, true);
            }
        }
    }

    /**
     * Asked of a write of one step only: where several were written at once, a newer reading that
     * said that nobody waits may have come between, and of that nothing is left to compare with.
     */
    private void newest(Organization organization, @Nullable Standing before, Standing after) {
        if (before != null && after.revision() < before.revision()) {
            throw reporter.violation(
                    Invariant.NEWEST_STANDS,
                    organization.login(),
                    null,
                    "reading %d stands in line in the place of %d"
                            .formatted(after.revision(), before.revision()));
        }
    }

    private void index(Standing standing, boolean in) {
        for (LineEntry entry : standing.entries()) {
            TreeSet<LineEntry> own =
                    eligible.computeIfAbsent(entry.runnerClass(), _ -> new TreeSet<>(BY_AGE));
            if (in) {
                own.add(entry);
            } else {
                own.remove(entry);
            }
        }
    }

    private void served(ClusterLedger before, boolean oneStep, List<Place> granted) {
        for (Place place : granted) {
            inOrder(before, oneStep, place);
        }
        LineEntry oldest = oldestEligible();
        boolean room = hasRoom() && granted.size() < GRANTS_MAX;
        if (oldest != null && room) {
            throw reporter.violation(
                    Invariant.LINE_SERVED,
                    "",
                    oldest.job().toString(),
                    "job "
                            + oldest.job()
                            + " stands in line, and only "
                            + places.size()
                            + " places are taken");
        }
    }

    /** Whoever came into the line by a later part of the same write was not there yet. */
    private void inOrder(ClusterLedger before, boolean oneStep, Place place) {
        LineEntry own = stood.get(place.job());
        for (var entries : eligible.entrySet()) {
            if (own == null || !hasRoom(entries.getKey())) {
                continue;
            }
            for (LineEntry older : entries.getValue().headSet(own)) {
                if (isServed(older) && stoodBefore(before, oneStep, older)) {
                    throw reporter.violation(
                            Invariant.ORDER,
                            place.organization().login(),
                            place.job().toString(),
                            "job " + older.job() + " is older than " + place.job() + " and waits");
                }
            }
        }
    }

    /** And where several steps were written at once: had room from the first of them on. */
    private boolean stoodBefore(ClusterLedger before, boolean oneStep, LineEntry entry) {
        RunnerClassName runnerClass = entry.runnerClass();
        boolean hadRoom = oneStep || before.placesOf(runnerClass) < allowance.least(runnerClass);
        return hadRoom
                && before.line().entrySet().stream()
                        .filter(each -> each.getValue().entries().contains(entry))
                        .anyMatch(each -> oneStep || hadRoom(before, each.getKey()));
    }

    private boolean hadRoom(ClusterLedger before, Organization organization) {
        return before.placesOf(organization) < account(organization).least;
    }

    /** Those who stand further back are called to the front before anybody passes them. */
    private boolean isServed(LineEntry entry) {
        Age until = servedUntil.get(entry.runnerClass());
        return until == null || entry.age().compareTo(until) < 0;
    }

    private boolean hasRoom(RunnerClassName runnerClass) {
        return ofClass.getOrDefault(runnerClass, 0) < allowance.least(runnerClass);
    }

    private @Nullable LineEntry oldestEligible() {
        LineEntry oldest = null;
        for (var entries : eligible.entrySet()) {
            if (hasRoom(entries.getKey()) && !entries.getValue().isEmpty()) {
                LineEntry first = entries.getValue().first();
                if (!isServed(first)) {
                    continue;
                }
                oldest = oldest == null || BY_AGE.compare(first, oldest) < 0 ? first : oldest;
            }
        }
        return oldest;
    }

    /** Whether the ledger may be believed: it was not lost, or is made again. */
    boolean isBelieved() {
        return ledger.isOpen();
    }

    boolean isFurtherBack(LineEntry entry) {
        return ledger.isFurtherBack(entry);
    }

    boolean hasPlace(RunnerName runner) {
        return places.containsKey(runner);
    }

    /** Whether a place might be had now by whoever has room. */
    boolean hasRoom() {
        return ledger.isOpen() && places.size() < allowance.capacityLeast();
    }

    boolean standsInLine(Organization organization, LineEntry entry) {
        Standing standing = account(organization).standing;
        return standing != null && standing.entries().contains(entry);
    }

    boolean mayGrow(Organization organization) {
        return account(organization).mayGrow;
    }

    int placesOf(Organization organization) {
        return account(organization).places;
    }

    int size() {
        return places.size();
    }
}
