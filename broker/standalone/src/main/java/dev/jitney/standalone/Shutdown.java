package dev.jitney.standalone;

import dev.jitney.standalone.system.LocalSystem;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stops a system in order when this process is told to end by a signal. */
final class Shutdown {
    private final AtomicReference<@Nullable LocalSystem> system = new AtomicReference<>();
    private final Runnable after;
    private final int exitCode;
    private volatile boolean ended;

    private Shutdown(int exitCode, Runnable after) {
        this.exitCode = exitCode;
        this.after = after;
    }

    /**
     * From now on a signal stops what {@link #stops} names.
     *
     * @param exitCode what the process then ends with
     * @param after runs when everything has stopped
     */
    static Shutdown register(int exitCode, Runnable after) {
        Shutdown shutdown = new Shutdown(exitCode, after);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
        return shutdown;
    }

    void stops(LocalSystem started) {
        system.set(started);
    }

    /** The process ends by itself now, with a code of its own. */
    void ended() {
        ended = true;
    }

    private void run() {
        if (ended) {
            return;
        }
        LocalSystem running = system.get();
        try {
            if (running != null) {
                running.close();
            }
            after.run();
        } finally {
            // Whatever was just being started.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            System.out.flush();
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
