package dev.jitney.broker.dispatcher;

import java.time.Duration;

/**
 * How the k-th retry waits. The specification leaves it open and the brokers differ.
 *
 * @see <a href="https://knative.dev/docs/eventing/event-delivery/">Event delivery</a>
 */
public enum RetryRules {
    /**
     * The Kafka broker: {@code d * 2^k} or {@code d * k}, 1 s without {@code backoffDelay}. A reply
     * that is no CloudEvent is not retried.
     */
    KAFKA,
    /**
     * The multi-tenant channel broker: {@code d * 2^(k-1)} or {@code d * (k-1)}, no wait without
     * {@code backoffDelay}. A reply that is no CloudEvent counts as status 502 and is retried.
     */
    MT;

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int STEPS_MAX = 20;

    /** How the wait grows from retry to retry. */
    public enum Growth {
        EXPONENTIAL,
        LINEAR
    }

    /** The delay that applies when a delivery has retries but no {@code backoffDelay}. */
    public Duration delayByDefault() {
        return this == KAFKA ? Duration.ofSeconds(1) : Duration.ZERO;
    }

    /** Whether a 200 answer with a body that is no CloudEvent is tried again. */
    public boolean retriesMalformedReply() {
        return this == MT;
    }

    /**
     * The wait before a retry.
     *
     * @param delay the {@code backoffDelay}
     * @param retry 1 for the first retry
     * @return at most one day
     */
    public Duration wait(Growth growth, Duration delay, int retry) {
        int k = Math.min(this == KAFKA ? retry : retry - 1, STEPS_MAX);
        Duration wait =
                switch (growth) {
                    case EXPONENTIAL -> delay.multipliedBy(1L << k);
                    case LINEAR -> delay.multipliedBy(k);
                };
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
