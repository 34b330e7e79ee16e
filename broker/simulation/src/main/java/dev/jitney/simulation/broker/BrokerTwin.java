package dev.jitney.simulation.broker;

import dev.jitney.cloudevents.FailureMapping;
import dev.jitney.cloudevents.Refusal;
import dev.jitney.cloudevents.Refusals;
import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.GhesUnavailable;
import dev.jitney.kubernetes.KubernetesFailure;
import dev.jitney.kubernetes.KubernetesUnavailable;
import dev.jitney.simulation.broker.Service.Outcome;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Knative broker: keeps what it took, delivers at least once and in no order, retries with
 * backoff, sends what cannot be delivered to the dead letter sink, and takes replies for events.
 */
public final class BrokerTwin {
    private final Timeline timeline;
    private final Chaos chaos;
    private final Dice dice;
    private final Trace trace;
    private final Map<String, List<Route>> routes = new TreeMap<>();
    private final Map<String, Service> services;
    private final Refusals refusals =
            new Refusals(
                    List.of(
                            FailureMapping.tryAgain(
                                    GhesUnavailable.class, GhesUnavailable::retryAfter),
                            FailureMapping.tryAgain(
                                    KubernetesUnavailable.class,
                                    KubernetesUnavailable::retryAfter)));
    private long accepted;
    private long attempts;
    private long letters;
    private long inFlight;

    public BrokerTwin(
            Timeline timeline,
            Chaos chaos,
            Dice dice,
            Trace trace,
            List<Route> routes,
            Map<String, Service> services) {
        this.timeline = timeline;
        this.chaos = chaos;
        this.dice = dice;
        this.trace = trace;
        this.services = services;
        routes.forEach(
                route ->
                        this.routes
                                .computeIfAbsent(route.type(), _ -> new ArrayList<>())
                                .add(route));
    }

    /** Takes an event: from now on it will be delivered. */
    public void accept(Event event) {
        accepted++;
        for (Route route : routes.getOrDefault(event.type(), List.of())) {
            deliver(new Delivery(event, route, route.service(), false, 0), way());
        }
    }

    private long way() {
        return dice.between(Nanos.MILLI, 15 * Nanos.MILLI);
    }

    /** Events taken. */
    public long accepted() {
        return accepted;
    }

    /** Deliveries begun. */
    public long attempts() {
        return attempts;
    }

    /** Dead letters sent. */
    public long letters() {
        return letters;
    }

    /** Deliveries that are owed. */
    public long inFlight() {
        return inFlight;
    }

    private record Delivery(Event event, Route route, String service, boolean letter, int attempt) {
        Delivery again() {
            return new Delivery(event, route, service, letter, attempt + 1);
        }
    }

    private void deliver(Delivery delivery, long wait) {
        inFlight++;
        timeline.after(wait, () -> attempt(delivery));
    }

    private void attempt(Delivery delivery) {
        Service service = services.get(delivery.service());
        if (service == null) {
            throw new IllegalStateException("no Service " + delivery.service());
        }
        attempts++;
        trace.add(
                "deliver",
                delivery.event().organization(),
                delivery.event().id(),
                delivery.event().type());
        service.deliver(
                delivery.event(),
                delivery.route().timeout().toNanos(),
                outcome -> conclude(delivery, outcome));
    }

    private void conclude(Delivery delivery, Outcome outcome) {
        inFlight--;
        switch (outcome) {
            case Outcome.Taken(Event reply) -> {
                if (reply != null) {
                    accept(reply);
                }
                if (chaos.strikes(Fault.EVENT_REDELIVERED)) {
                    deliver(
                            delivery,
                            chaos.dice(Fault.EVENT_REDELIVERED)
                                    .between(Nanos.MILLI, 2 * Nanos.MINUTE));
                }
            }
            case Outcome.Silent() -> failed(delivery, true, Optional.empty());
            case Outcome.Failed(RuntimeException failure) -> {
                Refusal refusal = refusal(failure);
                failed(delivery, refusal.isRetried(), Optional.of(refusal));
            }
        }
    }

    /** A failure that nobody meant is a bug, and ends the run. */
    private Refusal refusal(RuntimeException failure) {
        Optional<Refusal> known = refusals.of(failure);
        if (known.isPresent() && known.get().status() != 400) {
            return known.get();
        }
        if (failure instanceof GhesException || failure instanceof KubernetesFailure) {
            return new Refusal(500, String.valueOf(failure.getMessage()));
        }
        throw new IllegalStateException("a function failed in a way that nobody meant", failure);
    }

    private void failed(Delivery delivery, boolean retryable, Optional<Refusal> refusal) {
        trace.add(
                "failed",
                delivery.event().organization(),
                delivery.event().id(),
                refusal.map(Refusal::line).orElse("no answer"));
        if (retryable && delivery.attempt() < delivery.route().retries()) {
            Delivery next = delivery.again();
            deliver(next, delivery.route().wait(next.attempt()).toNanos());
        } else if (!delivery.letter()) {
            delivery.route()
                    .deadLetters()
                    .ifPresent(sink -> deliver(letter(delivery, sink, refusal), way()));
        }
    }

    private Delivery letter(Delivery delivery, String sink, Optional<Refusal> refusal) {
        letters++;
        Map<String, String> why = new TreeMap<>();
        why.put("knativeerrordest", "http://" + delivery.service());
        refusal.ifPresent(
                each -> {
                    why.put("knativeerrorcode", Integer.toString(each.status()));
                    why.put(
                            "knativeerrordata",
                            Base64.getEncoder()
                                    .encodeToString(each.line().getBytes(StandardCharsets.UTF_8)));
                });
        return new Delivery(delivery.event().with(why), delivery.route(), sink, true, 0);
    }
}
