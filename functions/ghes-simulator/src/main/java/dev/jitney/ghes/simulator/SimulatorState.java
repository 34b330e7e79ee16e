package dev.jitney.ghes.simulator;

import io.vertx.core.json.JsonObject;

/**
 * Where everything stands.
 *
 * @param scheduled jobs of running loads that have not arrived yet
 * @param waiting jobs at a gate
 * @param queued jobs that want a runner
 * @param inProgress jobs on a runner
 * @param completed jobs that ended on a runner
 * @param cancelled jobs that were cancelled, on a runner or before
 * @param registrations runners registered, whether online or not
 * @param sent deliveries begun
 * @param accepted deliveries answered 2xx
 * @param failed deliveries answered otherwise or not in time
 * @param lostDeliveries deliveries never sent, by a fault
 * @param pendingDeliveries deliveries waiting or under way
 */
public record SimulatorState(
        long scheduled,
        long waiting,
        long queued,
        long inProgress,
        long completed,
        long cancelled,
        long registrations,
        long sent,
        long accepted,
        long failed,
        long lostDeliveries,
        long pendingDeliveries) {

    /** Jobs that arrived and have not ended; what is still here at the end of a test was lost. */
    public long lost() {
        return waiting + queued + inProgress;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("scheduled", scheduled)
                .put("waiting", waiting)
                .put("queued", queued)
                .put("inProgress", inProgress)
                .put("completed", completed)
                .put("cancelled", cancelled)
                .put("lost", lost())
                .put("registrations", registrations)
                .put(
                        "deliveries",
                        new JsonObject()
                                .put("sent", sent)
                                .put("accepted", accepted)
                                .put("failed", failed)
                                .put("lost", lostDeliveries)
                                .put("pending", pendingDeliveries));
    }
}
