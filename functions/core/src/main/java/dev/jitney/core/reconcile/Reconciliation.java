package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.ClusterLedger;
import dev.jitney.core.ledger.Gates;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LineEntry;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.ledger.Place;
import dev.jitney.core.ledger.Standing;
import dev.jitney.core.ledger.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the ledgers with the pods and the counters and says what to repair.
 *
 * <p>Level triggered: it asks what is, not what happened, so a tick that was missed or cut off is
 * made up for by the next. A state is odd only when it has lasted longer than the events that end
 * it need, see {@link Patience}.
 */
public final class Reconciliation {
    private final Policy policy;
    private final Patience patience;

    public Reconciliation(Policy policy, Patience patience) {
        this.policy = policy;
        this.patience = patience;
    }

    public List<Repair> repairs(Snapshot seen) {
        Map<RunnerName, PodSeen> pods = byRunner(seen.pods());
        List<Repair> repairs = new ArrayList<>();
        for (OrgLedger ledger : seen.organizations()) {
            for (Lease lease : ledger.leases().values()) {
                leaseRepair(ledger.organization(), lease, pods.get(lease.runner()), seen.now())
                        .ifPresent(repairs::add);
            }
        }
        places(seen, repairs);
        strays(seen, repairs);
        repairs.addAll(lineRepairs(seen));
        counters(seen, repairs);
        return repairs;
    }

    /**
     * Only who must stand in line again, and whether the line must be served: all that a change of
     * policy makes odd. Pods and counters need not have been looked at.
     */
    public List<Repair> lineRepairs(Snapshot seen) {
        List<Repair> repairs = new ArrayList<>();
        standings(seen, repairs);
        Turn.due(seen.cluster(), policy, seen.now())
                .map(Repair.ServeLine::new)
                .ifPresent(repairs::add);
        return repairs;
    }

    private Optional<Repair> leaseRepair(
            Organization organization, Lease lease, @Nullable PodSeen pod, Instant now) {
        boolean gone = pod == null || pod.ended();
        String why = pod == null ? "POD_GONE" : pod.ended() ? "POD_ENDED" : "STILL_LEAVING";
        Repair takeBack = new Repair.TakeBack(organization, lease, why);
        Duration age = Duration.between(lease.since(), now);
        return switch (lease.state()) {
            // Its request may be at work, so its place must not be freed: ask again instead.
            case REQUESTED ->
                    when(
                            longer(age, patience.unmade()),
                            new Repair.RequestAgain(organization, lease));
            case STARTED, BUSY -> when(gone && longer(age, patience.ended()), takeBack);
            case ENDING ->
                    when(longer(age, gone ? patience.ended() : patience.leaving()), takeBack);
            case RETIRING ->
                    when(
                            longer(age, pod == null ? patience.fenced() : patience.leaving()),
                            takeBack);
        };
    }

    private void places(Snapshot seen, List<Repair> repairs) {
        Map<Organization, OrgLedger> ledgers =
                seen.organizations().stream()
                        .collect(Collectors.toMap(OrgLedger::organization, Function.identity()));
        for (Place place : seen.cluster().places().values()) {
            OrgLedger ledger = ledgers.get(place.organization());
            boolean leased = ledger != null && ledger.lease(place.runner()).isPresent();
            if (!leased && longer(since(place.since(), seen.now()), patience.unconfirmed())) {
                repairs.add(new Repair.ConfirmPlace(place));
            }
        }
    }

    private void strays(Snapshot seen, List<Repair> repairs) {
        Map<RunnerName, Lease> leases = new HashMap<>();
        seen.organizations().forEach(ledger -> leases.putAll(ledger.leases()));
        for (PodSeen pod : seen.pods()) {
            if (!leases.containsKey(pod.runner())
                    && longer(since(pod.createdAt(), seen.now()), patience.stray())) {
                repairs.add(new Repair.RemoveStray(pod));
            }
        }
    }

    /** A backoff that is over, or a step into the line that was cut off. */
    private void standings(Snapshot seen, List<Repair> repairs) {
        for (OrgLedger ledger : seen.organizations()) {
            List<LineEntry> due =
                    ledger.line(policy.limitOf(ledger.organization(), seen.now()), seen.now());
            Standing standing = seen.cluster().line().get(ledger.organization());
            List<LineEntry> stands = standing == null ? List.of() : standing.entries();
            if (!stands.containsAll(due)) {
                repairs.add(new Repair.StandAgain(ledger.organization()));
            }
        }
    }

    private void counters(Snapshot seen, List<Repair> repairs) {
        Map<String, Integer> truth = truth(seen);
        seen.counters()
                .forEach(
                        (name, value) -> {
                            int right = truth.getOrDefault(name, 0);
                            if (value != right) {
                                repairs.add(new Repair.CorrectCounter(name, value, right));
                            }
                        });
    }

    private Map<String, Integer> truth(Snapshot seen) {
        Map<String, Integer> truth = new HashMap<>();
        ClusterLedger cluster = seen.cluster();
        truth.put(Gates.CLUSTER, cluster.places().size());
        for (Place place : cluster.places().values()) {
            RunnerClassName runnerClass = place.runnerClass();
            truth.put(Gates.of(runnerClass), cluster.placesOf(runnerClass));
        }
        for (OrgLedger ledger : seen.organizations()) {
            truth.put(Gates.of(ledger.organization()), ledger.leases().size());
        }
        return truth;
    }

    private static Map<RunnerName, PodSeen> byRunner(List<PodSeen> pods) {
        Map<RunnerName, PodSeen> byRunner = new LinkedHashMap<>();
        pods.forEach(pod -> byRunner.put(pod.runner(), pod));
        return byRunner;
    }

    private static Optional<Repair> when(boolean odd, Repair repair) {
        return odd ? Optional.of(repair) : Optional.empty();
    }

    private static boolean longer(Duration age, Duration patience) {
        return age.compareTo(patience) > 0;
    }

    private static Duration since(Instant then, Instant now) {
        return Duration.between(then, now);
    }
}
