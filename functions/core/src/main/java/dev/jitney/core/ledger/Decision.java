package dev.jitney.core.ledger;

/**
 * One decision, as it is logged: one line each, always with the same keys.
 *
 * @param kind what was decided
 * @param job 0 when none is concerned
 * @param runner empty when none is concerned
 * @param reason empty when {@code kind} says it all
 */
public record Decision(Kind kind, String organization, long job, String runner, String reason) {

    public enum Kind {
        /** A job got the right to a runner. */
        GRANTED,
        /** A job waits. */
        HELD,
        /** An event changed nothing. */
        IGNORED,
        /** A runner took a job. */
        BOUND,
        /** A job lost its runner to another one and waits again with its age. */
        DISPLACED,
        /** A job left the backlog. */
        WITHDRAWN,
        /** A place came free. */
        RELEASED,
        /** A job waits again because its runner could not be made. */
        REQUEUED,
        /** A reserved place was given back unused. */
        RETURNED,
        /** A pod was made. */
        STARTED,
        /** A runner could not be made. */
        REFUSED,
        /** A job ended. */
        COMPLETED,
        /** A runner is being taken back. */
        RETIRED,
        /** An odd state was put right. */
        REPAIRED
    }

    /** The fixed keys of a log line. */
    @Override
    public String toString() {
        var line = new StringBuilder("decision=").append(kind);
        line.append(" org=").append(organization);
        if (job != 0) {
            line.append(" job=").append(job);
        }
        if (!runner.isEmpty()) {
            line.append(" runner=").append(runner);
        }
        if (!reason.isEmpty()) {
            line.append(" reason=").append(reason);
        }
        return line.toString();
    }
}
