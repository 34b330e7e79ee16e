package dev.jitney.admission;

import dev.jitney.cloudevents.DecisionLog;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.funqy.knative.events.CloudEvent;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Jobs that get no runner here: {@code NO_CLASS}, no runner class serves their labels, or {@code
 * DENIED}, their organization gets none. They are counted and left alone.
 */
@Singleton
public final class IgnoredJobs {
    private final MeterRegistry metrics;

    public IgnoredJobs(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    List<RunnerEvent.Requested> ignore(GithubJob job, String reason, CloudEvent<?> event) {
        metrics.counter("jitney.admission.ignored", "reason", reason).increment();
        DecisionLog.log(
                new Decision(
                        Decision.Kind.IGNORED,
                        job.organization().login(),
                        job.id().value(),
                        "",
                        reason),
                event);
        return List.of();
    }
}
