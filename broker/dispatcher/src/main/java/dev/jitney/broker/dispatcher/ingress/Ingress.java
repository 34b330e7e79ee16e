package dev.jitney.broker.dispatcher.ingress;

import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.ingress.HttpEvents.NotAnEvent;
import io.cloudevents.CloudEvent;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /<namespace>/<broker>}: stores one event, then answers 202.
 *
 * <table>
 * <caption>Other answers</caption>
 * <tr><td>200</td><td>OPTIONS</td></tr>
 * <tr><td>400</td><td>no CloudEvent, a batch, an attribute missing, no hops left</td></tr>
 * <tr><td>404</td><td>no such Broker</td></tr>
 * <tr><td>405</td><td>any other verb</td></tr>
 * <tr><td>413</td><td>body larger than 1 MiB</td></tr>
 * <tr><td>503</td><td>the event could not be stored; send it again</td></tr>
 * </table>
 *
 * @see <a href="https://github.com/knative/specs/blob/main/specs/eventing/data-plane.md">Knative
 *     Eventing data plane</a>
 */
public final class Ingress implements Handler<HttpServerRequest> {
    /** What Kafka takes by default ({@code max.request.size}). */
    static final int BODY_BYTES_MAX = 1 << 20;

    private static final String ALLOW = "POST, OPTIONS";

    private final Set<BrokerRef> brokers;
    private final BiFunction<BrokerRef, CloudEvent, Future<Void>> store;

    /**
     * A door to the given Brokers.
     *
     * @param store completes once the event is durable
     */
    public Ingress(Set<BrokerRef> brokers, BiFunction<BrokerRef, CloudEvent, Future<Void>> store) {
        this.brokers = Set.copyOf(brokers);
        this.store = store;
    }

    @Override
    public void handle(HttpServerRequest request) {
        BrokerRef broker = broker(request.path());
        if (broker == null) {
            answer(request, 404, "no Broker at this path: use /<namespace>/<name>");
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            request.response()
                    .putHeader("Allow", ALLOW)
                    .putHeader("WebHook-Allowed-Origin", "*")
                    .putHeader("WebHook-Allowed-Rate", "*");
            answer(request, 200, "");
        } else if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", ALLOW);
            answer(request, 405, "only POST is accepted");
        } else if (declaredBytes(request) > BODY_BYTES_MAX) {
            refuseLarge(request);
        } else {
            receive(request, broker);
        }
    }

    private void receive(HttpServerRequest request, BrokerRef broker) {
        Buffer body = Buffer.buffer();
        request.handler(
                part -> {
                    if (body.length() + part.length() <= BODY_BYTES_MAX) {
                        body.appendBuffer(part);
                    } else if (!request.response().ended()) {
                        refuseLarge(request);
                    }
                });
        request.endHandler(
                end -> {
                    if (!request.response().ended()) {
                        accept(request, broker, body);
                    }
                });
    }

    private void accept(HttpServerRequest request, BrokerRef broker, Buffer body) {
        Optional<CloudEvent> event;
        try {
            event = Hops.enter(HttpEvents.read(request.headers(), body));
        } catch (NotAnEvent wrong) {
            answer(request, 400, String.valueOf(wrong.getMessage()));
            return;
        }
        if (event.isEmpty()) {
            answer(request, 400, "the event has passed through Brokers too often: is it a loop?");
            return;
        }
        store.apply(broker, event.get())
                .onSuccess(stored -> answer(request, 202, ""))
                .onFailure(failure -> answer(request, 503, String.valueOf(failure.getMessage())));
    }

    private @Nullable BrokerRef broker(@Nullable String path) {
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        if (parts.length != 3 || !parts[0].isEmpty()) {
            return null;
        }
        BrokerRef broker = new BrokerRef(parts[1], parts[2]);
        return brokers.contains(broker) ? broker : null;
    }

    private static long declaredBytes(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static void refuseLarge(HttpServerRequest request) {
        // The rest of the body would be read as the next request of this connection.
        request.response().putHeader("Connection", "close");
        answer(request, 413, "an event may have at most " + BODY_BYTES_MAX + " bytes");
    }

    private static void answer(HttpServerRequest request, int status, String text) {
        HttpServerResponse response = request.response().setStatusCode(status);
        var _ = text.isEmpty() ? response.end() : response.end(text + "\n");
    }
}
