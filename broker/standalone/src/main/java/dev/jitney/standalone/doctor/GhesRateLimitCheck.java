package dev.jitney.standalone.doctor;

import dev.jitney.ghes.Inspection;
import dev.jitney.ghes.Inspection.RateLimit;
import java.util.List;
import java.util.Optional;

/** Whether the server limits how often we may call it. */
public final class GhesRateLimitCheck implements Check {
    /** The reconciler alone makes up to 400 calls a minute. */
    private static final long CALLS_PER_HOUR = 400L * 60;

    private final Inspection ghes;

    public GhesRateLimitCheck(Inspection ghes) {
        this.ghes = ghes;
    }

    @Override
    public String topic() {
        return "rate limit";
    }

    @Override
    public List<Finding> look() {
        return List.of(judge(ghes.rateLimit()));
    }

    static Finding judge(Optional<RateLimit> limit) {
        if (limit.isEmpty()) {
            return Finding.ok("none");
        }
        String what =
                limit.get().remaining() + " of " + limit.get().limit() + " calls an hour are left";
        return limit.get().limit() >= CALLS_PER_HOUR
                ? Finding.ok(what)
                : Finding.warn(
                        what + "; recovery from lost webhooks may use 24000",
                        "exempt the account (ghe-config app.github.rate-limiting-exempt-users), or"
                                + " lower JITNEY_RECONCILER_CALLS_PER_MINUTE");
    }
}
