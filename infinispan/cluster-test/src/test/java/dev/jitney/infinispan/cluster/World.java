package dev.jitney.infinispan.cluster;

import dev.jitney.infinispan.cluster.Event.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * GitHub, the provisioner and the cleanup in small. Each job lives on a thread of its own, and
 * there is an account of its runners here that knows nothing of any ledger.
 */
final class World implements AutoCloseable {
    private static final int ORGANIZATIONS = 5;
    private static final int UNFINISHED_MAX = 30;

    /** A job whose event comes ten seconds late gets a later runner name, and here none is read. */
    private static final long AHEAD_MILLIS = 3_600_000;

    private final Broker broker;
    private final Random random;
    private final Semaphore room = new Semaphore(UNFINISHED_MAX);
    private final AtomicLong lastJob;
    private final AtomicLong ended = new AtomicLong();
    private final Map<Long, CompletableFuture<String>> runners = new ConcurrentHashMap<>();
    private final Map<Long, Thread> unfinished = new ConcurrentHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Thread source;
    private final Thread ticker;
    private volatile boolean stops;

    World(Broker broker, long firstJob, Random random) {
        this.broker = broker;
        this.random = random;
        this.lastJob = new AtomicLong(firstJob);
        this.source = Thread.ofVirtual().start(this::makeJobs);
        this.ticker = Thread.ofVirtual().start(this::tick);
    }

    private void makeJobs() {
        try {
            while (!stops) {
                room.acquire();
                long job = lastJob.incrementAndGet();
                String org = "org-" + random.nextInt(ORGANIZATIONS);
                String runnerClass = random.nextInt(4) == 0 ? "large" : "code-linux";
                long created = System.currentTimeMillis() + AHEAD_MILLIS;
                var event = new Event(Kind.QUEUED, org, job, runnerClass, created);
                runners.put(job, new CompletableFuture<>());
                unfinished.put(job, Thread.ofVirtual().start(() -> live(event)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live(Event job) {
        try {
            send(job);
            String runner = runnerOf(job.job()).get(5, TimeUnit.MINUTES);
            send(job.of(Kind.STARTED));
            count(job, 1);
            send(job.of(Kind.BOUND));
            Thread.sleep(random.nextInt(200, 600));
            count(job, -1);
            send(job.of(Kind.COMPLETED));
            send(job.of(Kind.RELEASED));
            if (!runner.equals(job.runner().value())) {
                violations.add(job + " got " + runner);
            }
            if (random.nextInt(20) == 0) {
                send(job);
            }
            ended.incrementAndGet();
        } catch (InterruptedException e) {
            violations.add(job + " was stuck");
        } catch (TimeoutException
                | java.util.concurrent.ExecutionException
                | RuntimeException
                | AssertionError e) {
            violations.add(job + ": " + e);
        } finally {
            unfinished.remove(job.job());
            room.release();
        }
    }

    private void send(Event event) throws InterruptedException {
        take(broker.deliver(event));
    }

    /** Who was granted a runner; each event out names a job and its runner. */
    void take(List<String> requested) {
        for (String each : requested) {
            String[] parts = each.split("/", 2);
            CompletableFuture<String> granted = runnerOf(Long.parseLong(parts[0]));
            if (!granted.complete(parts[1]) && !granted.join().equals(parts[1])) {
                violations.add("granted twice: " + each + " after " + granted.join());
            }
        }
    }

    private CompletableFuture<String> runnerOf(long job) {
        CompletableFuture<String> runner = runners.get(job);
        if (runner == null) {
            throw new AssertionError("there is no job " + job);
        }
        return runner;
    }

    /** Pods that live. They are counted here alone, from events alone. */
    private void count(Event job, int change) {
        synchronized (running) {
            int ofOrg = running.merge(job.org(), change, Integer::sum);
            int ofClass = running.merge("class " + job.runnerClass(), change, Integer::sum);
            int all = running.merge("all", change, Integer::sum);
            if (ofOrg > FunctionMain.LIMIT || all > FunctionMain.CAPACITY) {
                violations.add(job.org() + " runs " + ofOrg + ", all run " + all);
            }
            if (job.runnerClass().equals("large") && ofClass > 5) {
                violations.add("large runs " + ofClass);
            }
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(1_000);
                take(broker.tick());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AssertionError e) {
            violations.add(e.getMessage());
        }
    }

    Queue<String> violations() {
        return violations;
    }

    long ended() {
        return ended.get();
    }

    long lastJob() {
        return lastJob.get();
    }

    /** Makes no more jobs and waits until all of them have ended. */
    void settle() throws InterruptedException {
        stops = true;
        source.interrupt();
        source.join();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        for (Thread each : List.copyOf(unfinished.values())) {
            each.join(java.time.Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        unfinished.keySet().forEach(job -> violations.add("lost: job " + job));
    }

    @Override
    public void close() throws InterruptedException {
        stops = true;
        source.interrupt();
        ticker.interrupt();
        unfinished.values().forEach(Thread::interrupt);
        ticker.join();
    }
}
