package dev.jitney.ghes.simulator;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends webhooks: those of one job one after the other, those of different jobs side by side, a
 * bounded number at once. A failed one is counted and never sent again, as on the real server.
 */
final class Webhooks {

    static final int CONCURRENCY = 64;

    /** Real time after which a webhook that waits to be overtaken is sent all the same. */
    private static final Duration OVERTAKEN_WITHIN = Duration.ofSeconds(5);

    private static final Duration DUPLICATE_WITHIN = Duration.ofSeconds(2);

    /**
     * How many deliveries there were. Attempts that ended are {@code accepted + failed}.
     *
     * @param sent attempts begun, duplicates included
     * @param accepted answered 2xx
     * @param failed answered otherwise, or not in time
     * @param lost never sent, by a fault
     * @param pending waiting or under way
     */
    record Counts(long sent, long accepted, long failed, long lost, long pending) {}

    /** The webhooks of one job. At most one of them is under way, at most one held back. */
    private static final class Lane {
        final Deque<Delivery> waiting = new ArrayDeque<>();
        boolean busy;
        @Nullable Delivery overtaken;
        @Nullable Delivery overtaker;
    }

    /**
     * A delivery whose turn has come.
     *
     * @param lane the job it holds up while it is under way; null for none
     * @param redelivery whether somebody asked for it
     */
    private record Ready(Delivery delivery, @Nullable Lane lane, boolean redelivery) {}

    private final GhesFaults faults;
    private final GhesObserver observer;
    private final Timing timing;
    private final Dice dice;
    private final Bodies bodies;
    private final DeliveryLog log;
    private final RegisteredHooks hooks;
    private final Function<Delivery, Future<Integer>> deliverer;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private final Deque<Ready> ready = new ArrayDeque<>();
    private boolean stopped;
    private boolean losing;
    private int underWay;
    private long delayed;
    private long sent;
    private long accepted;
    private long failed;
    private long lost;
    private long pings;

    /**
     * @param deliverer how a webhook is posted
     */
    Webhooks(
            GhesSimulatorConfig config,
            Timing timing,
            Dice dice,
            Bodies bodies,
            DeliveryLog log,
            RegisteredHooks hooks,
            Function<Delivery, Future<Integer>> deliverer) {
        this.faults = config.faults();
        this.observer = config.observer();
        this.timing = timing;
        this.dice = dice;
        this.bodies = bodies;
        this.log = log;
        this.hooks = hooks;
        this.deliverer = deliverer;
    }

    Counts counts() {
        long waiting = lanes.values().stream().mapToLong(Webhooks::pending).sum();
        return new Counts(
                sent, accepted, failed, lost, waiting + ready.size() + underWay + delayed);
    }

    /** Sends nothing more. */
    void stop() {
        stopped = true;
    }

    private static long pending(Lane lane) {
        return lane.waiting.size() + (lane.overtaken == null ? 0L : 1L);
    }

    /** Tells of a job as it stands now. */
    void send(Jobs.Job job, String action) {
        Optional<Hook> hook = hooks.sender(job.run.repository.organization);
        if (hook.isEmpty()) return;
        var delivery =
                new Delivery(
                        guid(job.id, action),
                        hook.get().id(),
                        RegisteredHooks.JOB,
                        job.id,
                        job.run.repository.id,
                        action,
                        body(job, action));
        if (losing || dice.happens(faults.lostDelivery(), "lost " + action, job.id)) {
            lost++;
            log.add(delivery, timing.now(), false, 0);
            return;
        }
        if (dice.happens(faults.duplicateDelivery(), "duplicate " + action, job.id)) {
            double share = dice.share("duplicate after " + action, job.id);
            later(delivery, DUPLICATE_WITHIN, share);
        }
        if (dice.happens(faults.lateDelivery(), "late " + action, job.id)) {
            later(delivery, faults.lateDeliveryMax(), dice.share("later " + action, job.id));
        } else if (dice.happens(faults.reorderedDelivery(), "reorder " + action, job.id)) {
            holdBack(delivery);
        } else {
            Lane lane = lane(job.id);
            lane.waiting.add(delivery);
            if (lane.overtaken != null && lane.overtaker == null) lane.overtaker = delivery;
            advance(job.id, lane);
        }
        pump();
    }

    /** Loses every webhook from now on, or none but those of the faults. */
    void lose(boolean all) {
        losing = all;
    }

    /** Sends a hook's ping. */
    void ping(Hook hook) {
        pings++;
        Buffer body =
                Buffer.buffer("{\"zen\":\"Keep it logically awesome.\",\"hook_id\":" + hook.id())
                        .appendString(",\"hook\":" + hook.json("").encode())
                        .appendString(",\"sender\":" + bodies.senderText() + "}");
        String guid = guid(hook.id(), "ping " + pings);
        ready.add(new Ready(new Delivery(guid, hook.id(), "ping", 0, 0, "", body), null, false));
        pump();
    }

    /** One more attempt, as somebody asked for it. */
    void again(Delivery delivery) {
        ready.add(new Ready(delivery, null, true));
        pump();
    }

    /** Out of order: late ones and duplicates hold up nothing. */
    private void later(Delivery delivery, Duration within, double share) {
        delayed++;
        timing.after(
                Duration.ofMillis((long) (within.toMillis() * share)),
                () -> {
                    delayed--;
                    ready.add(new Ready(delivery, null, false));
                    pump();
                });
    }

    private void holdBack(Delivery delivery) {
        Lane lane = lane(delivery.jobId());
        release(delivery.jobId(), lane);
        lane.overtaken = delivery;
        timing.after(
                OVERTAKEN_WITHIN,
                () -> {
                    if (delivery.equals(lane.overtaken)) release(delivery.jobId(), lane);
                    pump();
                });
    }

    private void release(long jobId, Lane lane) {
        Delivery held = lane.overtaken;
        lane.overtaken = null;
        lane.overtaker = null;
        if (held != null) ready.add(new Ready(held, null, false));
        forgetIfEmpty(jobId, lane);
    }

    private Lane lane(long jobId) {
        return lanes.computeIfAbsent(jobId, _ -> new Lane());
    }

    private void advance(long jobId, Lane lane) {
        if (lane.busy) return;
        Delivery next = lane.waiting.poll();
        if (next == null) {
            forgetIfEmpty(jobId, lane);
            return;
        }
        lane.busy = true;
        ready.add(new Ready(next, lane, false));
    }

    private void forgetIfEmpty(long jobId, Lane lane) {
        if (!lane.busy && pending(lane) == 0) lanes.remove(jobId, lane);
    }

    private void pump() {
        while (underWay < CONCURRENCY && !stopped) {
            Ready next = ready.poll();
            if (next == null) return;
            attempt(next);
        }
    }

    private void attempt(Ready next) {
        underWay++;
        sent++;
        deliverer
                .apply(next.delivery())
                .onComplete(
                        answer -> {
                            underWay--;
                            int status = answer.succeeded() ? answer.result() : 0;
                            log.add(next.delivery(), timing.now(), next.redelivery(), status);
                            count(next.delivery(), status);
                            free(next);
                            pump();
                        });
    }

    private void free(Ready ended) {
        Lane lane = ended.lane();
        if (lane == null) return;
        long jobId = ended.delivery().jobId();
        lane.busy = false;
        if (ended.delivery().equals(lane.overtaker)) release(jobId, lane);
        advance(jobId, lane);
    }

    private void count(Delivery delivery, int status) {
        if (status >= 200 && status < 300) {
            accepted++;
            if (delivery.jobId() == 0) return;
            observer.webhookAccepted(delivery.jobId(), delivery.action(), timing.exactly());
        } else {
            failed++;
        }
    }

    private Buffer body(Jobs.Job job, String action) {
        var repository = job.run.repository;
        return Buffer.buffer(16 * 1024)
                .appendString("{\"action\":\"" + action + "\",\"workflow_job\":")
                .appendString(bodies.job(job).encode())
                .appendString(",\"repository\":" + bodies.repositoryText(repository))
                .appendString(",\"organization\":")
                .appendString(bodies.organizationText(repository.organization))
                .appendString(",\"enterprise\":" + bodies.enterpriseText())
                .appendString(",\"sender\":" + bodies.senderText() + "}");
    }

    private String guid(long jobId, String action) {
        String key = dice.seed() + "/" + jobId + "/" + action;
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
