package dev.jitney.core;

import java.time.Instant;

/**
 * A higher limit of one organization for a while. It takes nothing from others: the cluster's
 * capacity holds as before, and a limit that is higher anyway stays.
 *
 * @param limit most runners at the same time while it lasts
 * @param until when it ends; at this instant it is over, and what runs then runs on
 */
public record Boost(int limit, Instant until) {
    public Boost {
        if (limit < 0) {
            throw new IllegalArgumentException("limit of a boost is negative: " + limit);
        }
    }

    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
