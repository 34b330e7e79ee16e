package dev.jitney.simulation.broker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.FunctionProcess;
import dev.jitney.simulation.engine.Killed;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import io.quarkus.funqy.knative.events.CloudEvent;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Knative Service: one or two instances, from and to zero. */
public final class Service {
    private static final long IDLE_MAX = 2 * Nanos.MINUTE;

    private final Timeline timeline;
    private final Dice dice;
    private final Handlers handlers;
    private final Supplier<FunctionProcess> processes;
    private final Function<FunctionProcess, Object> functions;
    private final @Nullable Instance[] instances;

    /** A process with the function in it. */
    private static final class Instance {
        private final FunctionProcess process;
        private final Object function;
        private final long ready;
        private long usedAt;

        private Instance(FunctionProcess process, Object function, long ready) {
            this.process = process;
            this.function = function;
            this.ready = ready;
        }
    }

    /** What became of one delivery. */
    public sealed interface Outcome {
        /**
         * The function took the event.
         *
         * @param reply null for none
         */
        record Taken(@Nullable Event reply) implements Outcome {}

        /** The function threw. */
        record Failed(RuntimeException failure) implements Outcome {}

        /** The connection broke or nothing came in time. */
        record Silent() implements Outcome {}
    }

    /**
     * @param instancesMax how many run at the same time
     * @param functions makes the function in a new process
     */
    public Service(
            Timeline timeline,
            Dice dice,
            int instancesMax,
            Handlers handlers,
            Supplier<FunctionProcess> processes,
            Function<FunctionProcess, Object> functions) {
        this.timeline = timeline;
        this.dice = dice;
        this.handlers = handlers;
        this.processes = processes;
        this.functions = functions;
        this.instances = new Instance[instancesMax];
    }

    /** Delivers an event; the outcome comes once, at the latest after the timeout. */
    void deliver(Event event, long timeout, Consumer<Outcome> told) {
        Instance instance = instance();
        FunctionProcess process = instance.process;
        Once once = new Once(told);
        Runnable death = () -> timeline.after(Nanos.MILLI, () -> once.tell(new Outcome.Silent()));
        process.onDeath(death);
        timeline.after(timeout, () -> once.tell(new Outcome.Silent()));
        long wait = Math.max(0, instance.ready - timeline.now());
        timeline.begin(
                wait + dice.between(Nanos.MILLI, 4 * Nanos.MILLI),
                () -> {
                    Outcome outcome = handled(instance, event);
                    process.travel(Nanos.MILLI, 4 * Nanos.MILLI);
                    process.forget(death);
                    instance.usedAt = timeline.now();
                    once.tell(outcome);
                });
    }

    private Outcome handled(Instance instance, Event event) {
        if (instance.process.isDead()) {
            return new Outcome.Silent();
        }
        try {
            CloudEvent<JsonNode> reply = handlers.handle(instance.function, event);
            return new Outcome.Taken(reply == null ? null : Event.of(reply));
        } catch (RuntimeException e) {
            return new Outcome.Failed(e);
        } catch (Killed e) {
            throw e;
        }
    }

    private Instance instance() {
        int which = instances.length == 1 ? 0 : dice.below(instances.length);
        Instance instance = instances[which];
        long now = timeline.now();
        if (instance == null || instance.process.isDead() || now - instance.usedAt > IDLE_MAX) {
            FunctionProcess process = processes.get();
            long start = dice.between(Nanos.SECOND / 2, 2 * Nanos.SECOND);
            instance = new Instance(process, functions.apply(process), now + start);
            instances[which] = instance;
        }
        instance.usedAt = now;
        return instance;
    }

    /** Tells the first outcome and forgets the others. */
    private static final class Once {
        private @Nullable Consumer<Outcome> told;

        private Once(Consumer<Outcome> told) {
            this.told = told;
        }

        void tell(Outcome outcome) {
            Consumer<Outcome> first = told;
            told = null;
            if (first != null) {
                first.accept(outcome);
            }
        }
    }
}
