package dev.jitney.core.event;

/** CloudEvents types; docs/events.md says who sends and who takes each. */
public final class EventTypes {
    /** Prefix of events that follow the CloudEvents adapter for GitHub webhooks. */
    public static final String GITHUB_PREFIX = "com.github.";

    public static final String JOB_QUEUED = "com.github.workflow_job.queued";
    public static final String JOB_WAITING = "com.github.workflow_job.waiting";
    public static final String JOB_IN_PROGRESS = "com.github.workflow_job.in_progress";
    public static final String JOB_COMPLETED = "com.github.workflow_job.completed";
    public static final String RUNNER_REQUESTED = "dev.jitney.runner.requested.v1";
    public static final String RUNNER_STARTED = "dev.jitney.runner.started.v1";
    public static final String RUNNER_REFUSED = "dev.jitney.runner.refused.v1";
    public static final String RUNNER_RELEASED = "dev.jitney.runner.released.v1";
    public static final String POLICY_CHANGED = "dev.jitney.policy.changed.v1";
    public static final String TICK = "dev.knative.sources.ping";

    private EventTypes() {}
}
