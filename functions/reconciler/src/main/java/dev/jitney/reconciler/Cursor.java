package dev.jitney.reconciler;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the last round stopped, so that a bounded round reaches everything in turn. Kept in memory
 * only: after a restart the rounds begin anew, which costs time and nothing else.
 */
@Singleton
public class Cursor {
    private int jobs;
    private int organizations;

    /** The same list, beginning where the last round stopped. */
    synchronized <T> List<T> jobs(List<T> all) {
        return rotated(all, jobs);
    }

    synchronized <T> List<T> organizations(List<T> all) {
        return rotated(all, organizations);
    }

    synchronized void jobDone() {
        jobs = Math.floorMod(jobs + 1, Integer.MAX_VALUE);
    }

    synchronized void organizationDone() {
        organizations = Math.floorMod(organizations + 1, Integer.MAX_VALUE);
    }

    private static <T> List<T> rotated(List<T> all, int by) {
        List<T> rotated = new ArrayList<>(all);
        if (!rotated.isEmpty()) {
            Collections.rotate(rotated, -(by % rotated.size()));
        }
        return rotated;
    }
}
