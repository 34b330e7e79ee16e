package dev.jitney.infinispan.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Brings events to either of two function processes until they are taken, as the Knative broker
 * does, and some of them twice.
 */
final class Broker implements AutoCloseable {
    /** As {@code knative/base/broker} says; the doubling ends early, so that a test does too. */
    private static final int RETRIES = 10;

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long TIMEOUT_SECONDS = 30;
    private static final int FUNCTIONS = 2;
    private static final List<String> OPTIONS = List.of("-Xmx96m");

    private final List<Child> functions = new ArrayList<>();
    private final Random random;
    private final ReentrantReadWriteLock held = new ReentrantReadWriteLock(true);
    private volatile Window window;

    Broker(String servers, Path logs, Random random) throws Exception {
        this.random = random;
        for (int i = 0; i < FUNCTIONS; i++) {
            Path log = logs.resolve("function-" + i + ".log");
            functions.add(Child.start(FunctionMain.class, log, OPTIONS, List.of(servers)));
        }
        for (Child each : functions) {
            each.ready().get(60, TimeUnit.SECONDS);
        }
        window = new Window("start", FUNCTIONS);
    }

    /** Begins to count anew. */
    Window open(String fault) {
        Window opened = new Window(fault, FUNCTIONS);
        window = opened;
        return opened;
    }

    Window window() {
        return window;
    }

    /** Returns what came out of an event: {@code job/runner}, several times. */
    List<String> deliver(Event event) throws InterruptedException {
        held.readLock().lock();
        try {
            List<String> out = new ArrayList<>();
            if (random.nextInt(10) == 0) {
                Thread twin = Thread.ofVirtual().start(() -> bringQuietly(event));
                out.addAll(bring(event));
                twin.join();
            } else {
                out.addAll(bring(event));
            }
            return out;
        } finally {
            held.readLock().unlock();
        }
    }

    /** A second delivery: what comes out of it is what came out of the first. */
    private void bringQuietly(Event event) {
        try {
            bring(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> bring(Event event) throws InterruptedException {
        for (int attempt = 0; attempt <= RETRIES; attempt++) {
            int client = random.nextInt(FUNCTIONS);
            long sent = System.nanoTime();
            String answer = ask(client, event.line());
            window.attempted(attempt + 1);
            if (answer.startsWith("ok")) {
                window.succeeded(client, sent);
                return events(answer);
            }
            window.failed();
            if (!answer.startsWith("unavailable")) {
                throw new AssertionError(event + " got " + answer);
            }
            long pause = FIRST_PAUSE_MILLIS << Math.min(attempt, 10);
            Thread.sleep(Math.min(pause, LONGEST_PAUSE_MILLIS));
        }
        throw new AssertionError("would have become a dead letter: " + event);
    }

    /**
     * One tick of the reconciler; what comes out of it, nothing when it could not be done. Whoever
     * keeps events back ticks alone: servers that are only starting do not show all ledgers yet,
     * and nothing here looks at pods, which keep a place whose lease is not seen.
     */
    List<String> tick() {
        held.readLock().lock();
        try {
            String answer = ask(random.nextInt(FUNCTIONS), "tick");
            if (answer.startsWith("failed")) {
                throw new AssertionError("a tick got " + answer);
            }
            return answer.startsWith("ok") ? events(answer) : List.of();
        } finally {
            held.readLock().unlock();
        }
    }

    /** What each function has seen, as {@link WatchedLedgers#report}. */
    List<String> reports() {
        List<String> reports = new ArrayList<>();
        for (int i = 0; i < FUNCTIONS; i++) {
            reports.add(ask(i, "report"));
        }
        return reports;
    }

    /** Values of the counters, as a function reads them. */
    String counters() {
        return ask(0, "counters");
    }

    private String ask(int function, String question) {
        try {
            return functions.get(function).ask(question).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "unavailable " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unavailable " + e;
        }
    }

    private static List<String> events(String answer) {
        return answer.length() <= 3 ? List.of() : List.of(answer.substring(3).split(" ", -1));
    }

    /** Waits until no event is on its way, and keeps all further ones back until it is closed. */
    Quiet hold() {
        held.writeLock().lock();
        return () -> held.writeLock().unlock();
    }

    /** No event is on its way. */
    interface Quiet extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Child each : functions) {
            each.close();
        }
    }
}
