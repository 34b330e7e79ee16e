package dev.jitney.simulation.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One instance of a function: it may have several deliveries in hand, has a clock of its own, and
 * dies as a whole.
 */
public final class FunctionProcess {
    /** How a process waits for the world outside, and what it may meet there. */
    private final Timeline timeline;

    private final Chaos chaos;
    private final Dice latency;
    private final String name;
    private final long skew;
    private final List<Runnable> onDeath = new ArrayList<>();
    private boolean dead;
    private long effects;

    public FunctionProcess(Timeline timeline, Chaos chaos, Dice latency, String name) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.latency = latency;
        this.name = name;
        this.skew =
                chaos.strikes(Fault.CLOCK_SKEWED)
                        ? chaos.dice(Fault.CLOCK_SKEWED)
                                .between(-2 * Nanos.SECOND, 2 * Nanos.SECOND)
                        : 0;
    }

    public String name() {
        return name;
    }

    public boolean isDead() {
        return dead;
    }

    /** Its own clock. */
    public InstantSource clock() {
        return () -> Nanos.instant(Math.max(0, timeline.now() + skew));
    }

    public Timeline timeline() {
        return timeline;
    }

    public Chaos chaos() {
        return chaos;
    }

    public Dice latency() {
        return latency;
    }

    /** How many effects it had on the world. */
    public long effects() {
        return effects;
    }

    /** Told once when it dies. */
    public void onDeath(Runnable told) {
        onDeath.add(told);
    }

    /** Dies: nothing of what it does from now on has an effect. */
    public void kill() {
        if (!dead) {
            dead = true;
            List<Runnable> told = List.copyOf(onDeath);
            onDeath.clear();
            told.forEach(Runnable::run);
        }
    }

    public void forget(Runnable told) {
        onDeath.remove(told);
    }

    /**
     * Waits as long as a call takes on its way, and may die on it.
     *
     * @throws Killed when the process is dead
     */
    public void travel(long shortest, long longest) {
        checkAlive();
        effects++;
        if (chaos.strikes(Fault.FUNCTION_KILLED)) {
            timeline.after(latency.between(0, longest), this::kill);
        }
        // Mostly near the shortest, now and then near the longest.
        double share = latency.share();
        sleep(shortest + (long) ((longest - shortest) * share * share * share));
    }

    public void sleep(long nanos) {
        checkAlive();
        timeline.sleep(nanos);
        checkAlive();
    }

    public void checkAlive() {
        if (dead) {
            throw new Killed();
        }
    }

    /** Has a call take place that nobody waits for; nothing happens if the process is dead. */
    public void cast(long delay, Runnable call) {
        if (!dead) {
            effects++;
            timeline.after(delay, call);
        }
    }

    /** One call that is waited for. */
    public <T> T call(long shortest, long longest, Supplier<T> effect) {
        travel(shortest, longest);
        return effect.get();
    }
}
