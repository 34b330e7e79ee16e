package dev.jitney.simulation.broker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.core.event.EventTypes;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.ghes.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Webhooks on their way from the server through the webhook function to the broker. */
public final class Webhooks {
    private final Timeline timeline;
    private final Chaos chaos;
    private final Dice dice;
    private final Trace trace;
    private final Supplier<FunctionProcess> processes;
    private final Consumer<Event> broker;
    private final Map<Long, Runnable> held = new HashMap<>();
    private Optional<FunctionProcess> process = Optional.empty();
    private long deliveries;

    /**
     * @param processes makes a process of the webhook function
     */
    public Webhooks(
            Timeline timeline,
            Chaos chaos,
            Dice dice,
            Trace trace,
            Supplier<FunctionProcess> processes,
            Consumer<Event> broker) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.dice = dice;
        this.trace = trace;
        this.processes = processes;
        this.broker = broker;
    }

    /** The server tells of a job. */
    public void send(Job job, String action) {
        Event event = event(job, action, "delivery-" + ++deliveries);
        trace.add("webhook", job.organization(), Long.toString(job.id()), action);
        Runnable overtaken = held.remove(job.id());
        if (chaos.strikes(Fault.WEBHOOK_LOST)) {
            trace.add("lost", job.organization(), Long.toString(job.id()), action);
        } else if (chaos.strikes(Fault.WEBHOOK_REORDERED)) {
            Once once = new Once(() -> deliver(event));
            held.put(job.id(), once);
            timeline.after(2 * Nanos.MINUTE, once);
        } else {
            long late =
                    chaos.strikes(Fault.WEBHOOK_DELAYED)
                            ? chaos.dice(Fault.WEBHOOK_DELAYED).between(0, 30 * Nanos.SECOND)
                            : 0;
            timeline.after(
                    late + dice.between(50 * Nanos.MILLI, 600 * Nanos.MILLI), () -> deliver(event));
            if (chaos.strikes(Fault.WEBHOOK_DUPLICATED)) {
                long again = chaos.dice(Fault.WEBHOOK_DUPLICATED).between(0, Nanos.MINUTE);
                timeline.after(late + again, () -> deliver(event));
            }
        }
        if (overtaken != null) {
            timeline.after(Nanos.SECOND, overtaken);
        }
    }

    private static final class Once implements Runnable {
        private final Runnable action;
        private boolean done;

        private Once(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }

    /**
     * The webhook function answers 2xx only after the broker took the event; nobody tries again.
     */
    private void deliver(Event event) {
        FunctionProcess alive = process.filter(each -> !each.isDead()).orElseGet(processes);
        process = Optional.of(alive);
        timeline.begin(
                0,
                () -> {
                    alive.travel(Nanos.MILLI, 10 * Nanos.MILLI);
                    broker.accept(event);
                });
    }

    private static Event event(Job job, String action, String delivery) {
        String id = Long.toString(job.id());
        Map<String, String> extensions = new TreeMap<>();
        extensions.put("partitionkey", job.organization());
        extensions.put("org", job.organization());
        extensions.put("jobid", id);
        extensions.put("correlationid", id);
        return new Event(
                delivery,
                "https://ghes.example.com/" + job.repository(),
                EventTypes.GITHUB_PREFIX + "workflow_job." + action,
                id,
                job.created(),
                extensions,
                body(job, action));
    }

    /** As the webhook function cuts it down. */
    private static ObjectNode body(Job job, String action) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("action", action);
        ObjectNode described = body.putObject("workflow_job");
        described.put("id", job.id()).put("run_id", job.runId()).put("name", "build");
        described.put("created_at", job.created().toString());
        if (job.runnerId() > 0) {
            described.put("runner_id", job.runnerId()).put("runner_name", job.runnerName());
        }
        job.conclusion().ifPresent(conclusion -> described.put("conclusion", conclusion));
        job.labels().forEach(described.withArray("labels")::add);
        body.putObject("repository").put("full_name", job.repository());
        body.putObject("organization").put("login", job.organization());
        return body;
    }
}
