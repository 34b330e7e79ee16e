package dev.jitney.simulation.engine;

/**
 * What may go wrong on purpose. A rate is a share of the occasions from 0 to 1, unless it says "an
 * hour".
 */
public enum Fault {
    WEBHOOK_LOST(0.001, 0.01, "a webhook never reaches us"),
    WEBHOOK_DUPLICATED(0.01, 0.05, "a webhook comes twice"),
    WEBHOOK_DELAYED(0.02, 0.10, "a webhook comes up to 30 s late"),
    WEBHOOK_REORDERED(0.01, 0.05, "a webhook is overtaken by the next one of its job"),
    FUNCTION_KILLED(0.00005, 0.0005, "a process dies between two effects, with all it was doing"),
    CLOCK_SKEWED(0.2, 0.5, "a process has a clock that is off by up to 2 s"),
    STORE_CONFLICT(0.005, 0.03, "a replace is refused though nobody else wrote"),
    STORE_UNKNOWN(0.0005, 0.005, "a write has no answer: not done, done, or done later"),
    STORE_LIES(0.0005, 0.005, "a write is answered 'not replaced' though it took place"),
    STORE_SILENT(0.0005, 0.003, "a read has no answer"),
    STORE_NODE_LOST(0.1, 1, "an hour: a server goes, and for seconds outcomes are unknown"),
    STORE_WIPED(0.01, 0.1, "an hour: everything in the store is lost"),
    COUNTER_UNKNOWN(0.001, 0.01, "a step has no answer and did not take place"),
    COUNTER_TWICE(0.0005, 0.005, "a step is applied twice"),
    COUNTER_UNACKNOWLEDGED(0.001, 0.01, "a step took place and has no answer"),
    COUNTER_FORGOTTEN(0.1, 2, "an hour: a counter is lost"),
    LOCK_UNKNOWN(0.0005, 0.005, "a lock is taken and nobody is told"),
    GHES_ERROR(0.002, 0.02, "a call is answered 5xx, without effect"),
    GHES_LIMITED(0.001, 0.01, "a call is answered 429 with Retry-After, without effect"),
    GHES_FORBIDDEN(0.0002, 0.002, "a call is refused with 403"),
    GHES_TIMEOUT(0.001, 0.01, "a call takes effect and its answer never comes"),
    GHES_STALE_LIST(0.01, 0.05, "a list of runners is as it was up to a minute ago"),
    GHES_HIDDEN(0.2, 2, "an hour: a repository answers 404 for 20 minutes"),
    RUNNER_SWAPPED(0.05, 0.30, "a runner gets another job than the oldest it can take"),
    RUNNER_NEVER_ONLINE(0.001, 0.01, "a pod runs and its runner never comes online"),
    REGISTRATION_VANISHED(0.001, 0.01, "GitHub forgets a runner before it has taken a job"),
    JOB_CANCELLED(0.01, 0.05, "a job is cancelled, at any stage"),
    JOB_RERUN(0.01, 0.03, "a job is run again after it has ended"),
    JOB_GATED(0.01, 0.03, "a job waits at a deployment gate first"),
    JOB_LARGE(0.02, 0.10, "a job wants a large runner, and large runners can take any job"),
    POD_CONFLICT(0.002, 0.02, "a call to Kubernetes is answered 409 or 5xx, without effect"),
    POD_QUOTA(0.001, 0.01, "a creation is refused for quota"),
    POD_TIMEOUT(0.001, 0.01, "a call to Kubernetes takes effect and its answer never comes"),
    POD_IMAGE(0.0005, 0.005, "an image cannot be pulled: the pod stays pending"),
    POD_STUCK(0.0005, 0.005, "a pod's containers, its preparation or its Docker never come up"),
    POD_UNSCHEDULABLE(0.0005, 0.005, "a pod stays pending for lack of room"),
    POD_EVICTED(0.001, 0.01, "a pod is evicted after it has started"),
    POD_DELETED(0.0005, 0.005, "somebody deletes a pod by hand"),
    NODE_LOST(0.05, 0.5, "an hour: all pods of a node are lost"),
    EVENT_REDELIVERED(0.005, 0.03, "the broker delivers an event again after it was taken"),
    POLICY_CHANGED(0.2, 2, "an hour: a limit, a freeze or a drain, for up to half an hour");

    private final double light;
    private final double heavy;
    private final String says;

    Fault(double light, double heavy, String says) {
        this.light = light;
        this.heavy = heavy;
        this.says = says;
    }

    public double light() {
        return light;
    }

    public double heavy() {
        return heavy;
    }

    /** What it is, in a few words. */
    public String says() {
        return says;
    }
}
