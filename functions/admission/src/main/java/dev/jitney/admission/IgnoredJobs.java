package dev.jitney.admission;

import dev.jitney.cloudevents.DecisionLog;
import dev.jitney.cloudevents.GithubJob;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.funqy.knative.events.CloudEvent;
import jakarta.inject.Singleton;
import java.util.List;

/** Jobs whose labels no runner class serves: somebody else's. They are counted and left alone. */
@Singleton
public final class IgnoredJobs {
    private final MeterRegistry metrics;

    public IgnoredJobs(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    List<RunnerEvent.Requested> ignore(GithubJob job, CloudEvent<?> event) {
        metrics.counter("jitney.admission.ignored", "reason", "NO_CLASS").increment();
        DecisionLog.log(
                new Decision(
                        Decision.Kind.IGNORED,
                        job.organization().login(),
                        job.id().value(),
                        "",
                        "NO_CLASS"),
                event);
        return List.of();
    }
}
