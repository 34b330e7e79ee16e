package dev.jitney.simulation.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happened lately, and a hash of all that ever happened. */
public final class Trace {
    private static final int KEPT = 1 << 17;

    private final Timeline timeline;
    private final Line[] ring = new Line[KEPT];
    private long lines;
    private long hash = 1;

    /**
     * One step.
     *
     * @param subject the job or runner concerned, or nothing
     */
    private record Line(long at, String what, String organization, String subject, String detail) {
        @Override
        public String toString() {
            return Nanos.text(at) + " " + what + " " + organization + " " + subject + " " + detail;
        }

        boolean concerns(String wantedOrganization, @Nullable String wanted) {
            boolean own = organization.equals(wantedOrganization);
            return own && (wanted == null || subject.contains(wanted) || detail.contains(wanted));
        }
    }

    public Trace(Timeline timeline) {
        this.timeline = timeline;
    }

    public void add(String what, String organization, String subject, String detail) {
        ring[(int) (lines++ % KEPT)] =
                new Line(timeline.now(), what, organization, subject, detail);
        mix(timeline.now());
        mix(what.hashCode());
        mix(organization.hashCode());
        mix(subject.hashCode());
        mix(detail.hashCode());
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x100000001B3L;
        hash ^= hash >>> 29;
    }

    /** The same for the same run, and hardly for another. */
    public long hash() {
        return hash;
    }

    public long lines() {
        return lines;
    }

    /**
     * The last lines about an organization, oldest first.
     *
     * @param subject only those about this job or runner; null for all
     */
    public List<String> tail(String organization, @Nullable String subject, int most) {
        List<String> tail = new ArrayList<>();
        for (long i = lines - 1; i >= Math.max(0, lines - KEPT) && tail.size() < most; i--) {
            Line line = Objects.requireNonNull(ring[(int) (i % KEPT)]);
            if (organization.isEmpty() || line.concerns(organization, subject)) {
                tail.add(line.toString());
            }
        }
        return tail.reversed();
    }
}
