package dev.jitney.cloudevents;

import dev.jitney.core.ledger.Decision;
import io.quarkus.funqy.knative.events.CloudEvent;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * What a function takes from the process around it, so that a simulation can be that process.
 *
 * @param clock what time it is
 * @param decisions where each decision goes, with the event that it was made for
 */
public record FunctionShell(InstantSource clock, BiConsumer<Decision, CloudEvent<?>> decisions) {}
