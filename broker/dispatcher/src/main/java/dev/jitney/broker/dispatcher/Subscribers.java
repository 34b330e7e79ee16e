package dev.jitney.broker.dispatcher;

import io.vertx.core.Future;

/** Finds the address of a Knative Service, starting it first if need be. */
@FunctionalInterface
public interface Subscribers {

    /**
     * Reserves room for one request at an instance of a Service.
     *
     * <p>May take as long as a cold start. The caller owns the lease and releases it exactly once,
     * also when it has lost interest by the time the lease arrives.
     *
     * @return fails when no instance can take the request (queue full, instance does not start);
     *     the broker counts that as a failed attempt and retries by the rules of the Trigger
     */
    Future<Lease> acquire(ServiceRef service);
}
