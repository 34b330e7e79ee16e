package dev.jitney.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jitney.core.event.RunnerEvent;
import dev.jitney.core.ledger.LedgerUnavailable;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The smallest functions that go through everything this module does. */
public final class SampleFunctions {
    /**
     * Runners to request.
     *
     * @param runners how many
     */
    public record Order(int runners, long job) {}

    /**
     * What shall go wrong.
     *
     * @param kind which exception to throw
     */
    public record Trouble(String kind) {}

    static final class Overloaded extends RuntimeException {
        Overloaded(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Inject EventOut events;

    @Produces
    @Singleton
    FailureMapping overloaded() {
        return FailureMapping.of(
                Overloaded.class, _ -> new Refusal(503, "overloaded", Duration.ofMillis(1_500)));
    }

    @Funq("order")
    @CloudEventMapping(trigger = "test.order")
    public @Nullable CloudEvent<JsonNode> order(CloudEvent<Order> event) {
        Order order = event.data();
        List<RunnerEvent> out = new ArrayList<>();
        for (int i = 1; i <= order.runners(); i++) {
            out.add(
                    new RunnerEvent.Requested(
                            "code-linux-" + i, "Octo", "code-linux", order.job(), "Octo/repo"));
        }
        return events.emit(out, event);
    }

    @Funq("release")
    @CloudEventMapping(trigger = "test.release")
    public CloudEvent<JsonNode> release(CloudEvent<Order> event) {
        return events.reply(
                new RunnerEvent.Released("code-linux-5", "Octo", "code-linux", "COMPLETED"), event);
    }

    @Funq("plain")
    @CloudEventMapping(trigger = "test.plain")
    public void plain(Order order) {
        if (order.runners() < 0) {
            throw new IllegalArgumentException("runners is negative: " + order.runners());
        }
    }

    @Funq("trouble")
    @CloudEventMapping(trigger = "test.trouble")
    public void trouble(Trouble trouble) {
        if (trouble.kind().equals("none")) {
            return;
        }
        throw switch (trouble.kind()) {
            case "try-again" -> new TryAgain("the store does not answer");
            case "try-again-later" -> new TryAgain("rate limit", Duration.ofSeconds(30));
            case "permanent" -> new PermanentFailure("no such organization\nce-id: evil");
            case "elsewhere" -> new InProgressElsewhere("another tick runs");
            case "ledger" -> new LedgerUnavailable("no answer", new IOException("reset"));
            case "mapped" -> new Overloaded("x", new IllegalArgumentException("y"));
            case "wrapped" -> new IllegalStateException(new TryAgain("deep down"));
            case "bug" -> new IllegalStateException("secret-token", new IOException("bug"));
            case "bug-on-bad-argument" ->
                    new IllegalStateException(new IllegalArgumentException("inner"));
            case "io" -> new UncheckedIOException(new IOException("disk"));
            default -> new IllegalArgumentException("unknown kind: " + trouble.kind());
        };
    }
}
