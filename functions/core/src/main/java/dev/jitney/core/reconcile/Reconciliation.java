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
import dev.jitney.core.ledger.Recall;
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
    private final PodPatience pods;

    public Reconciliation(Policy policy, Patience patience) {
        this(policy, patience, PodPatience.STANDARD);
    }

    public Reconciliation(Policy policy, Patience patience, PodPatience pods) {
        this.policy = policy;
        this.patience = patience;
        this.pods = pods;
    }

    /**
     * What is odd; first what the ledgers alone can put right, then what has to wait for pods and
     * GitHub: many runners that will not go must not keep anybody from being served.
     */
    public List<Repair> repairs(Snapshot seen) {
        Map<RunnerName, PodSeen> podOf = byRunner(seen.pods());
        LeaseReview review = new LeaseReview(patience, pods, seen.now());
        List<Repair> repairs = new ArrayList<>();
        places(seen, podOf, repairs);
        uncounted(seen, repairs);
        repairs.addAll(lineRepairs(seen));
        counters(seen, repairs);
        strays(seen, review, repairs);
        for (OrgLedger ledger : seen.organizations()) {
            for (Lease lease : ledger.leases().values()) {
                review.repair(ledger.organization(), lease, podOf.get(lease.runner()))
                        .ifPresent(repairs::add);
            }
        }
        return repairs;
    }

    /** A place is reserved before its lease is written, and given back after it has gone. */
    private void uncounted(Snapshot seen, List<Repair> repairs) {
        for (OrgLedger ledger : seen.organizations()) {
            for (Lease lease : ledger.leases().values()) {
                if (!lease.state().isLeaving()
                        && !seen.cluster().places().containsKey(lease.runner())
                        && LeaseReview.longer(
                                since(lease.since(), seen.now()), patience.unconfirmed())) {
                    repairs.add(new Repair.CountLease(ledger.organization(), lease));
                }
            }
        }
    }

    /**
     * Only who must stand in line again, and whether the line must be served: all that a change of
     * policy makes odd. Pods and counters need not have been looked at.
     */
    public List<Repair> lineRepairs(Snapshot seen) {
        List<Repair> repairs = new ArrayList<>();
        standings(seen, repairs);
        lineNotServed(seen).map(Repair.ServeLine::new).ifPresent(repairs::add);
        return repairs;
    }

    private void places(Snapshot seen, Map<RunnerName, PodSeen> podOf, List<Repair> repairs) {
        Map<Organization, OrgLedger> ledgers =
                seen.organizations().stream()
                        .collect(Collectors.toMap(OrgLedger::organization, Function.identity()));
        for (Place place : seen.cluster().places().values()) {
            OrgLedger ledger = ledgers.get(place.organization());
            boolean leased = ledger != null && ledger.lease(place.runner()).isPresent();
            PodSeen pod = podOf.get(place.runner());
            boolean lives = pod != null && !pod.ended(); // Its lease was lost: it is adopted.
            if (!leased
                    && !lives
                    && LeaseReview.longer(
                            since(place.since(), seen.now()), patience.unconfirmed())) {
                repairs.add(new Repair.ConfirmPlace(place));
            }
        }
    }

    private void strays(Snapshot seen, LeaseReview review, List<Repair> repairs) {
        Map<RunnerName, Lease> leases = new HashMap<>();
        seen.organizations().forEach(ledger -> leases.putAll(ledger.leases()));
        for (PodSeen pod : seen.pods()) {
            if (!leases.containsKey(pod.runner())
                    && LeaseReview.longer(since(pod.createdAt(), seen.now()), patience.stray())) {
                repairs.add(review.overdue(pod).orElseGet(() -> stray(pod)));
            }
        }
    }

    private static Repair stray(PodSeen pod) {
        return pod.ended() ? new Repair.RemoveStray(pod) : new Repair.Adopt(pod);
    }

    /** A backoff that is over, or a step into the line that was cut off. */
    private void standings(Snapshot seen, List<Repair> repairs) {
        for (OrgLedger ledger : seen.organizations()) {
            List<LineEntry> due =
                    ledger.line(policy.limitOf(ledger.organization(), seen.now()), seen.now());
            Standing standing = seen.cluster().line().get(ledger.organization());
            List<LineEntry> stands = standing == null ? List.of() : standing.entries();
            if (!stands.containsAll(due) && !standsFurtherBack(ledger, due, stands, seen)) {
                repairs.add(new Repair.StandAgain(ledger.organization()));
            }
        }
    }

    /** Those who are not in the front of the line have to be noted further back. */
    private static boolean standsFurtherBack(
            OrgLedger ledger, List<LineEntry> due, List<LineEntry> stands, Snapshot seen) {
        boolean frontIsWhole =
                due.stream()
                        .filter(entry -> !stands.contains(entry))
                        .allMatch(entry -> seen.cluster().isFurtherBack(entry));
        return frontIsWhole && seen.furtherBack().contains(ledger.organization());
    }

    /** Whose turn would serve the line, or call those who stand further back; any will do. */
    private Optional<Organization> lineNotServed(Snapshot seen) {
        Optional<Organization> due = Turn.due(seen.cluster(), policy, seen.now());
        boolean recall = Recall.isDue(seen.cluster(), policy, seen.now());
        return due.isPresent() || !recall
                ? due
                : seen.organizations().stream()
                        .filter(ledger -> !ledger.backlog().isEmpty())
                        .map(OrgLedger::organization)
                        .findFirst();
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

    private static Duration since(Instant then, Instant now) {
        return Duration.between(then, now);
    }
}
