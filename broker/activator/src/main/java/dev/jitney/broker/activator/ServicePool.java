package dev.jitney.broker.activator;

import dev.jitney.broker.activator.Instance.State;
import dev.jitney.broker.dispatcher.Lease;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The instances of one Service and the requests that wait for them. Confined to the event loop of
 * the activator.
 */
final class ServicePool {
    private static final Duration STABLE = Duration.ofSeconds(10);
    private static final long FIRST_BACKOFF_MILLIS = 200;

    private final Revision revision;
    private final Activator activator;
    private final InstanceRunner runner;
    private final List<Instance> instances = new ArrayList<>();
    private final Deque<Promise<Lease>> queue = new ArrayDeque<>();
    private final LoadWindow window;
    private long lastBusyNanos = System.nanoTime();
    private long overloadedSinceNanos = -1;
    private long startNotBeforeNanos = System.nanoTime();
    private int failedStarts;
    private int lastNumber;
    private long coldStarts;
    private long deaths;
    private boolean ticking;

    ServicePool(Revision revision, Activator activator, InstanceRunner runner) {
        this.revision = revision;
        this.activator = activator;
        this.runner = runner;
        this.window = new LoadWindow(revision.window());
    }

    Revision revision() {
        return revision;
    }

    // Requests.

    void acquire(Promise<Lease> promise) {
        Optional<Instance> free = queue.isEmpty() ? withRoom() : Optional.empty();
        if (free.isPresent()) {
            promise.complete(free.get().lease(activator::giveBack));
        } else if (alive() == 0 && System.nanoTime() < startNotBeforeNanos) {
            promise.fail(revision.service() + " waits before it is started again: it crashed");
        } else if (queue.size() >= activator.config().queueMax()) {
            promise.fail(revision.service() + " has " + queue.size() + " requests waiting");
        } else {
            queue.add(promise);
        }
        scale();
    }

    void giveBack(Instance instance) {
        instance.giveBack();
        serveQueue();
        scale();
    }

    boolean owns(Instance instance) {
        return instances.contains(instance);
    }

    private void serveQueue() {
        while (!queue.isEmpty()) {
            Optional<Instance> free = withRoom();
            if (free.isEmpty()) {
                return;
            }
            queue.remove().complete(free.get().lease(activator::giveBack));
        }
    }

    private Optional<Instance> withRoom() {
        return instances.stream()
                .filter(i -> i.state() == State.READY)
                .filter(i -> revision.scale().hasRoom(i.inFlight()))
                .min(Comparator.comparingInt(Instance::inFlight));
    }

    // Scale.

    /** Starts what the load asks for; stopping is left to {@link #tick()}. */
    void scale() {
        int load = load();
        int wanted = revision.scale().wanted(load);
        long now = System.nanoTime();
        window.add(now, wanted);
        if (load > 0) {
            lastBusyNanos = now;
        }
        int missing = wanted - alive();
        if (missing <= 0 || activator.isClosed()) {
            overloadedSinceNanos = -1;
            return;
        }
        if (now < startNotBeforeNanos) {
            return;
        }
        if (alive() == 0) {
            start();
            missing--;
        }
        long patience = activator.config().timing().scaleUpAfter().toNanos();
        if (overloadedSinceNanos < 0) {
            overloadedSinceNanos = now;
        }
        // The minimum is not a matter of load: it does not wait.
        boolean lasting = now - overloadedSinceNanos >= patience;
        int startable = lasting ? missing : Math.min(missing, revision.scale().min() - alive());
        for (int i = 0; i < startable; i++) {
            start();
        }
    }

    private void start() {
        Instance instance = new Instance(++lastNumber);
        instances.add(instance);
        coldStarts++;
        runner.start(this, instance);
        if (!ticking) {
            ticking = true;
            activator.later(tickMillis(), this::tick);
        }
    }

    private long tickMillis() {
        return Math.clamp(revision.window().toMillis() / 10, 10, 1000);
    }

    private void tick() {
        ticking = !instances.isEmpty() && !activator.isClosed();
        if (!ticking) {
            return;
        }
        scale();
        long now = System.nanoTime();
        long idle = now - lastBusyNanos;
        int keep = Math.max(window.highest(now), revision.scale().min());
        if (idle < revision.window().plus(revision.retention()).toNanos()) {
            keep = Math.max(keep, 1);
        }
        int surplus = alive() - keep;
        for (Instance instance : List.copyOf(instances).reversed()) {
            if (surplus > 0 && instance.inFlight() == 0 && instance.state() == State.READY) {
                surplus--;
                runner.stop(instance);
            }
        }
        activator.later(tickMillis(), this::tick);
    }

    private int load() {
        return queue.size() + instances.stream().mapToInt(Instance::inFlight).sum();
    }

    private int alive() {
        return (int) instances.stream().filter(i -> i.state() != State.STOPPING).count();
    }

    // What the runner tells.

    void ready(Instance instance) {
        instance.state(State.READY);
        serveQueue();
        scale();
    }

    void stopped(Instance instance) {
        instances.remove(instance);
        scale();
    }

    void died(Instance instance, String reason) {
        instances.remove(instance);
        deaths++;
        boolean wasStable =
                instance.state() == State.READY && instance.ageNanos() > STABLE.toNanos();
        failedStarts = wasStable ? 0 : failedStarts + 1;
        long backoff = backoffMillis();
        startNotBeforeNanos = System.nanoTime() + Duration.ofMillis(backoff).toNanos();
        if (instance.state() == State.STARTING && alive() == 0) {
            failQueue(revision.service() + " does not start: " + reason);
        }
        activator.later(Math.max(1, backoff), this::scale);
    }

    /** The first death is forgiven: its successor starts at once. */
    private long backoffMillis() {
        if (failedStarts < 2) {
            return 0;
        }
        long backoff = FIRST_BACKOFF_MILLIS << Math.min(failedStarts - 2, 20);
        return Math.min(backoff, activator.config().timing().crashBackoffMax().toMillis());
    }

    void failQueue(String reason) {
        while (!queue.isEmpty()) {
            queue.remove().fail(reason);
        }
    }

    List<Instance> instances() {
        return List.copyOf(instances);
    }

    ServiceStats stats() {
        return new ServiceStats(
                coldStarts,
                deaths,
                (int) instances.stream().filter(i -> i.state() == State.STARTING).count(),
                (int) instances.stream().filter(i -> i.state() == State.READY).count(),
                instances.stream().mapToInt(Instance::inFlight).sum(),
                queue.size());
    }
}
