package dev.jitney.standalone.demo;

import dev.jitney.standalone.system.RunningProcesses;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills processes of functions with SIGKILL every few seconds, until it is closed. */
final class Killer implements AutoCloseable {
    private final RunningProcesses processes;
    private final SplittableRandom random;
    private final Duration pause;
    private final Thread thread;
    private final AtomicInteger kills = new AtomicInteger();

    private Killer(RunningProcesses processes, long seed, Duration pause) {
        this.processes = processes;
        this.random = new SplittableRandom(seed);
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("killer").unstarted(this::run);
    }

    /**
     * Starts to kill.
     *
     * @param faults none: nobody; light: about every 12 seconds; heavy: about every 4
     */
    static Killer start(String faults, RunningProcesses processes, long seed) {
        Duration pause =
                switch (faults) {
                    case "light" -> Duration.ofSeconds(12);
                    case "heavy" -> Duration.ofSeconds(4);
                    default -> Duration.ZERO;
                };
        Killer killer = new Killer(processes, seed, pause);
        if (pause.isPositive()) {
            killer.thread.start();
        }
        return killer;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep((long) (pause.toMillis() * random.nextDouble(0.5, 1.5)));
                kill(processes.functions());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        long pid = pids.get(random.nextInt(pids.size()));
        if (ProcessHandle.of(pid).filter(ProcessHandle::destroyForcibly).isPresent()) {
            kills.incrementAndGet();
        }
    }

    int kills() {
        return kills.get();
    }

    /** Lets the living live from now on. */
    void stop() {
        thread.interrupt();
    }

    @Override
    public void close() {
        stop();
    }
}
