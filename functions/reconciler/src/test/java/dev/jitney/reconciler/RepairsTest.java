package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.core.JobId;
import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Adoption;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.LeaseState;
import dev.jitney.core.ledger.WaitingJob;
import dev.jitney.core.reconcile.PodSeen;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.core.reconcile.Repair;
import dev.jitney.kubernetes.PodState;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.ledger.InMemoryGates;
import dev.jitney.ledger.InMemoryLedgers;
import dev.jitney.ledger.InMemoryLocks;
import dev.jitney.ledger.Locks;
import dev.jitney.runner.RunnerRetirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A round decides on what it saw a while ago. Names are not given twice (decision 30), and where
 * one is all the same, the pod that has it now is left at its work.
 */
final class RepairsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Organization ORG = new Organization("acme");
    private static final RunnerName RUNNER = new RunnerName("small-7");
    private static final RunnerClassName SMALL = new RunnerClassName("small");

    private final InMemoryLedgers ledgers = InMemoryLedgers.opened();
    private final InMemoryLocks locks = new InMemoryLocks(() -> NOW);
    private final VirtualGhes ghes = new VirtualGhes(() -> NOW);
    private final VirtualPods pods = new VirtualPods(() -> NOW);
    private final Repairs repairs =
            new Repairs(
                    ledgers,
                    locks,
                    new InMemoryGates(),
                    () -> {
                        throw new AssertionError("nobody is admitted");
                    },
                    new RunnerRetirement(ghes, pods, _ -> {}, Duration.ZERO),
                    new Adoptions(ledgers, pods, new LiveRunners(ghes, pods)),
                    _ -> {},
                    () -> NOW,
                    _ -> {});

    @BeforeEach
    void anEndedPod() {
        register(1);
        pod();
        Objects.requireNonNull(pods.pods.get(RUNNER.value())).ended = true;
    }

    private void pod() {
        pods.create(new RunnerPodSpec(RUNNER.value(), ORG.login(), "small", 7, "acme/app", 1));
    }

    private void register(long id) {
        ghes.organizations.add(ORG.login());
        ghes.registrations.put(RUNNER.value(), new VirtualGhes.Registration(id, ORG.login()));
    }

    private PodSeen seen() {
        PodState pod = pods.find(RUNNER.value()).orElseThrow();
        return new PodSeen(RUNNER, pod.uid(), ORG, "small", pod.terminal(), pod.createdAt());
    }

    /** The same name again: another registration, another pod, and a lease for both. */
    private void comesBack() {
        pods.delete(RUNNER.value());
        register(2);
        pod();
    }

    private void lease() {
        WaitingJob job = WaitingJob.first(new JobId(7), SMALL, "acme/app", NOW);
        Lease lease = new Lease(RUNNER, job, LeaseState.STARTED, NOW);
        ledgers.update(ORG, ledger -> Adoption.adopted(ledger, lease, NOW));
    }

    private void assertStands() {
        assertEquals(Set.of(RUNNER.value()), pods.pods.keySet());
        assertEquals(Set.of(RUNNER.value()), ghes.registrations.keySet());
    }

    private void assertGone() {
        assertEquals(Set.of(), pods.pods.keySet());
        assertEquals(Set.of(), ghes.registrations.keySet());
    }

    @Test
    void aStrayGoes() {
        repairs.carryOut(new Repair.RemoveStray(seen()));

        assertGone();
    }

    @Test
    void whatHasALeaseByNowIsNoStray() {
        var stray = new Repair.RemoveStray(seen());
        comesBack();
        lease();

        repairs.carryOut(stray);

        assertStands();
    }

    @Test
    void whatIsBeingMadeIsNoStrayEither() {
        try (var _ = locks.take(Locks.of(RUNNER), Duration.ofSeconds(40)).get()) {
            repairs.carryOut(new Repair.RemoveStray(seen()));
            repairs.carryOut(new Repair.RemovePod(seen(), Reason.STUCK_TERMINATING, false));

            assertStands();
        }
    }

    @Test
    void aPodThatIsOverdueGoes() {
        repairs.carryOut(new Repair.RemovePod(seen(), Reason.STUCK_TERMINATING, false));

        assertGone();
    }

    @Test
    void aLaterPodOfTheSameNameIsNotOverdue() {
        var overdue = new Repair.RemovePod(seen(), Reason.STUCK_TERMINATING, false);
        comesBack();

        repairs.carryOut(overdue);

        assertStands();
    }
}
