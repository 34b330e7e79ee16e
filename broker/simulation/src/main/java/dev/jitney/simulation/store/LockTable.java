package dev.jitney.simulation.store;

import dev.jitney.simulation.engine.Timeline;
import java.util.Map;
import java.util.TreeMap;

/** The locks as the servers hold them; each ends when its life is over. */
public final class LockTable {
    private final Timeline timeline;
    private final Map<String, Held> held = new TreeMap<>();
    private long holders;

    private record Held(long holder, long end) {}

    public LockTable(Timeline timeline) {
        this.timeline = timeline;
    }

    /** A number for its holder; 0 when somebody holds it. */
    long take(String name, long life) {
        Held before = held.get(name);
        if (before != null && before.end() > timeline.now()) {
            return 0;
        }
        held.put(name, new Held(++holders, timeline.now() + life));
        return holders;
    }

    void giveBack(String name, long holder) {
        Held before = held.get(name);
        if (before != null && before.holder() == holder) {
            held.remove(name);
        }
    }

    /** How many hold now. */
    public int size() {
        held.values().removeIf(each -> each.end() <= timeline.now());
        return held.size();
    }

    /** Everything is lost. */
    public void wipe() {
        held.clear();
    }
}
