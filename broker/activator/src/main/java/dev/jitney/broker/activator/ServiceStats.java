package dev.jitney.broker.activator;

/**
 * Counts of one Service.
 *
 * @param coldStarts instances started since the activator was opened
 * @param deaths instances that ended without being told to
 * @param starting instances that do not answer yet
 * @param ready instances that answer
 * @param inFlight requests at instances
 * @param queued requests that wait for an instance
 */
public record ServiceStats(
        long coldStarts, long deaths, int starting, int ready, int inFlight, int queued) {}
