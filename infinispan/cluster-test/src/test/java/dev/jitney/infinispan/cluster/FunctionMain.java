package dev.jitney.infinispan.cluster;

import dev.jitney.core.JobId;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.event.RunnerEvent.Requested;
import dev.jitney.core.ledger.Admission;
import dev.jitney.core.ledger.Backoff;
import dev.jitney.core.ledger.Completion;
import dev.jitney.core.ledger.Leasing;
import dev.jitney.core.ledger.LedgerUnavailable;
import dev.jitney.core.reconcile.Patience;
import dev.jitney.core.reconcile.Reconciliation;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.core.reconcile.Snapshot;
import dev.jitney.ledger.InfinispanGates;
import dev.jitney.ledger.InfinispanLedgers;
import dev.jitney.ledger.LedgerClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One instance of all functions that write ledgers, without the events around them. Argument: the
 * servers.
 */
final class FunctionMain {
    static final int CAPACITY = 12;
    static final int LIMIT = 4;
    static final Policy POLICY =
            new Policy(
                    CAPACITY,
                    LIMIT,
                    List.of(
                            RunnerClass.of("code-linux", "code-linux"),
                            RunnerClass.of("large", "large").withLimit(5)));

    /** Only what events cannot repair by being repeated; pods are the business of the world. */
    private static final Patience PATIENCE =
            new Patience(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofDays(1),
                    Duration.ofDays(1),
                    Duration.ofDays(1),
                    Duration.ofDays(1));

    private final WatchedLedgers ledgers;
    private final InfinispanGates gates;
    private final Admission admission;

    private FunctionMain(LedgerClient client) {
        ledgers = new WatchedLedgers(new InfinispanLedgers(client), POLICY);
        gates = new InfinispanGates(client);
        admission =
                new Admission(
                        ledgers, gates, POLICY, Backoff.STANDARD, InstantSource.system(), _ -> {});
    }

    public static void main(String[] arguments) throws IOException {
        LedgerClient client = new LedgerClient(arguments[0]);
        client.connect();
        FunctionMain function = new FunctionMain(client);
        Child.answer(function::answer);
    }

    /** What it says to an event is what the broker would see: the events out, or no success. */
    private String answer(String question) {
        try {
            return switch (question) {
                case "report" -> ledgers.report() + " ";
                case "tick" -> "ok " + line(tick());
                case "counters" -> "ok " + gates.readAll();
                default -> "ok " + line(handle(Event.parse(question)));
            };
        } catch (LedgerUnavailable e) {
            return "unavailable " + e.getMessage();
        } catch (RuntimeException e) {
            e.printStackTrace();
            return "failed " + e;
        }
    }

    private List<Requested> handle(Event event) {
        Instant now = Instant.now();
        var organization = event.organization();
        return switch (event.kind()) {
            case QUEUED -> admission.queued(organization, event.waitingJob());
            case BOUND -> admission.bound(organization, event.waitingJob(), event.runner());
            case RELEASED -> admission.released(organization, event.runner(), "COMPLETED", now);
            case STARTED -> {
                var lease =
                        ledgers.update(
                                organization,
                                ledger -> Leasing.started(ledger, event.runner(), now));
                if (lease.isEmpty() && !ledgers.read(organization).isFinished(jobId(event))) {
                    throw new IllegalStateException("no lease for " + event);
                }
                yield List.of();
            }
            case COMPLETED -> {
                ledgers.update(
                        organization,
                        ledger ->
                                Completion.completed(
                                        ledger,
                                        event.waitingJob(),
                                        Optional.of(event.runner()),
                                        now));
                yield List.of();
            }
        };
    }

    private static JobId jobId(Event event) {
        return new JobId(event.job());
    }

    /** What the reconciler does about ledgers and counters. */
    private List<Requested> tick() {
        var snapshot =
                new Snapshot(
                        Instant.now(),
                        ledgers.readCluster(),
                        ledgers.readAll(),
                        List.of(),
                        gates.readAll());
        List<Requested> requested = new ArrayList<>();
        for (Repair repair : new Reconciliation(POLICY, PATIENCE).repairs(snapshot)) {
            switch (repair) {
                case Repair.RequestAgain(var organization, var lease) ->
                        requested.add(Admission.requested(organization, lease));
                case Repair.ConfirmPlace(var place) ->
                        requested.addAll(admission.confirmAgain(place));
                case Repair.StandAgain(var organization) ->
                        requested.addAll(admission.standAgain(organization));
                case Repair.ServeLine(var organization) ->
                        requested.addAll(admission.standAgain(organization));
                case Repair.CorrectCounter(String name, _, long truth) -> gates.set(name, truth);
                case Repair.TakeBack _,
                        Repair.CountLease _,
                        Repair.RemoveStray _,
                        Repair.GiveUp _,
                        Repair.RemovePod _,
                        Repair.Adopt _ ->
                        throw new IllegalStateException("nothing is that late: " + repair);
            }
        }
        return requested;
    }

    private static String line(List<Requested> requested) {
        return requested.stream()
                .map(each -> each.jobId() + "/" + each.runner())
                .collect(Collectors.joining(" "));
    }
}
