package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.Place;

/**
 * One thing to put right. Each is idempotent and repeats a step that an event should have taken.
 */
public sealed interface Repair {
    /** Why, as a fixed word for logs and counters. */
    Reason reason();

    /** Ask for the runner of a lease again: its pod was never made, or nobody wrote it down. */
    record RequestAgain(Organization organization, Lease lease) implements Repair {
        @Override
        public Reason reason() {
            return Reason.NOT_MADE;
        }
    }

    /** Repeat the step after a place was reserved: write the lease, or give the place back. */
    record ConfirmPlace(Place place) implements Repair {
        @Override
        public Reason reason() {
            return Reason.PLACE_WITHOUT_LEASE;
        }
    }

    /** Count a lease that no place stands for, so that nobody gets its place. */
    record CountLease(Organization organization, Lease lease) implements Repair {
        @Override
        public Reason reason() {
            return Reason.LEASE_WITHOUT_PLACE;
        }
    }

    /** Take a runner back and free its place: its pod has ended, or it is not needed. */
    record TakeBack(Organization organization, Lease lease, Reason reason) implements Repair {}

    /**
     * Give up a runner that will not come to work: its job waits again, as old as before and for
     * longer after each failure, and the runner is taken back.
     */
    record GiveUp(Organization organization, Lease lease, Reason reason) implements Repair {}

    /**
     * Write down a lease for a pod that lives without one: it counts before it is taken back, or
     * goes on with the job it has. Leases are written before pods are made, so only a store that
     * lost a record leaves one.
     */
    record Adopt(PodSeen pod) implements Repair {
        @Override
        public Reason reason() {
            return Reason.POD_WITHOUT_LEASE;
        }
    }

    /** Remove a pod that has ended and that no lease stands for. */
    record RemoveStray(PodSeen pod) implements Repair {
        @Override
        public Reason reason() {
            return Reason.POD_WITHOUT_LEASE;
        }
    }

    /**
     * Remove a pod whose deletion is overdue, or whose node is gone.
     *
     * @param force strike it out without waiting for its node, which must be gone; else the node is
     *     asked to kill it at once
     */
    record RemovePod(PodSeen pod, Reason reason, boolean force) implements Repair {}

    /** Let an organization stand in line as its ledger says. */
    record StandAgain(Organization organization) implements Repair {
        @Override
        public Reason reason() {
            return Reason.NOT_IN_LINE;
        }
    }

    /**
     * Serve the line: a place is free and somebody in line may have it. Policy has changed, or the
     * turns of a long line were cut off.
     *
     * @param organization the first to be served
     */
    record ServeLine(Organization organization) implements Repair {
        @Override
        public Reason reason() {
            return Reason.LINE_NOT_SERVED;
        }
    }

    /** Set a counter right. */
    record CorrectCounter(String name, long seen, long truth) implements Repair {
        @Override
        public Reason reason() {
            return Reason.COUNTER_DIFFERS;
        }
    }

    /** The runner a repair is about; empty when it is about none. */
    default String runner() {
        return switch (this) {
            case RequestAgain(_, Lease lease) -> lease.runner().value();
            case ConfirmPlace(Place place) -> place.runner().value();
            case CountLease(_, Lease lease) -> lease.runner().value();
            case TakeBack(_, Lease lease, _) -> lease.runner().value();
            case GiveUp(_, Lease lease, _) -> lease.runner().value();
            case Adopt(PodSeen pod) -> pod.runner().value();
            case RemoveStray(PodSeen pod) -> pod.runner().value();
            case RemovePod(PodSeen pod, _, _) -> pod.runner().value();
            case StandAgain _, ServeLine _, CorrectCounter _ -> "";
        };
    }

    /** The organization a repair is about; a counter's name where that is all there is. */
    default String subject() {
        return switch (this) {
            case RequestAgain(Organization organization, _) -> organization.login();
            case ConfirmPlace(Place place) -> place.organization().login();
            case CountLease(Organization organization, _) -> organization.login();
            case TakeBack(Organization organization, _, _) -> organization.login();
            case GiveUp(Organization organization, _, _) -> organization.login();
            case Adopt(PodSeen pod) -> pod.organization().login();
            case RemoveStray(PodSeen pod) -> pod.organization().login();
            case RemovePod(PodSeen pod, _, _) -> pod.organization().login();
            case StandAgain(Organization organization) -> organization.login();
            case ServeLine(Organization organization) -> organization.login();
            case CorrectCounter(String name, _, _) -> name;
        };
    }
}
