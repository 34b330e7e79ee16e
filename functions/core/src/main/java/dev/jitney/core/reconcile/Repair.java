package dev.jitney.core.reconcile;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerName;
import dev.jitney.core.ledger.Lease;
import dev.jitney.core.ledger.Place;

/**
 * One thing to put right. Each is idempotent and repeats a step that an event should have taken.
 */
public sealed interface Repair {
    /** Why, as a fixed word for logs and counters. */
    String reason();

    /** Ask for the runner of a lease again: its pod was never made, or nobody wrote it down. */
    record RequestAgain(Organization organization, Lease lease) implements Repair {
        @Override
        public String reason() {
            return "NOT_MADE";
        }
    }

    /** Repeat the step after a place was reserved: write the lease, or give the place back. */
    record ConfirmPlace(Place place) implements Repair {
        @Override
        public String reason() {
            return "PLACE_WITHOUT_LEASE";
        }
    }

    /**
     * Take a runner back and free its place: its pod has ended, or it is not needed.
     *
     * @param reason {@code POD_GONE}, {@code POD_ENDED} or {@code STILL_LEAVING}
     */
    record TakeBack(Organization organization, Lease lease, String reason) implements Repair {}

    /** Remove a pod that no lease stands for. */
    record RemoveStray(PodSeen pod) implements Repair {
        @Override
        public String reason() {
            return "POD_WITHOUT_LEASE";
        }
    }

    /** Let an organization stand in line as its ledger says. */
    record StandAgain(Organization organization) implements Repair {
        @Override
        public String reason() {
            return "NOT_IN_LINE";
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
        public String reason() {
            return "LINE_NOT_SERVED";
        }
    }

    /** Set a counter right. */
    record CorrectCounter(String name, long seen, long truth) implements Repair {
        @Override
        public String reason() {
            return "COUNTER_DIFFERS";
        }
    }

    /** The runner a repair is about; empty when it is about none. */
    default String runner() {
        return switch (this) {
            case RequestAgain(_, Lease lease) -> lease.runner().value();
            case ConfirmPlace(Place place) -> place.runner().value();
            case TakeBack(_, Lease lease, _) -> lease.runner().value();
            case RemoveStray(PodSeen(RunnerName runner, _, _, _, _)) -> runner.value();
            case StandAgain _, ServeLine _, CorrectCounter _ -> "";
        };
    }

    /** The organization a repair is about; a counter's name where that is all there is. */
    default String subject() {
        return switch (this) {
            case RequestAgain(Organization organization, _) -> organization.login();
            case ConfirmPlace(Place place) -> place.organization().login();
            case TakeBack(Organization organization, _, _) -> organization.login();
            case RemoveStray(PodSeen(_, Organization organization, _, _, _)) ->
                    organization.login();
            case StandAgain(Organization organization) -> organization.login();
            case ServeLine(Organization organization) -> organization.login();
            case CorrectCounter(String name, _, _) -> name;
        };
    }
}
