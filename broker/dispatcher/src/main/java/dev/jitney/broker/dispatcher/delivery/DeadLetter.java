package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.delivery.Outcome.Failed;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * The event a dead letter sink gets: the original one and why it is there.
 *
 * @see <a href="https://knative.dev/docs/eventing/event-delivery/">Event delivery</a>
 */
final class DeadLetter {
    private static final int BODY_BYTES_MAX = 1024;
    private static final String COPIED_HEADER = "kne-";

    private DeadLetter() {}

    static CloudEvent of(CloudEvent original, Target subscriber, Failed failure) {
        CloudEventBuilder letter =
                CloudEventBuilder.from(original)
                        .withExtension("knativeerrordest", subscriber.toString());
        Response response = failure.response();
        if (response != null) {
            letter.withExtension("knativeerrorcode", Integer.toString(response.status()));
            byte[] body = response.body().getBytes();
            if (body.length > 0) {
                byte[] start = Arrays.copyOf(body, Math.min(body.length, BODY_BYTES_MAX));
                letter.withExtension("knativeerrordata", Base64.getEncoder().encodeToString(start));
            }
            for (Map.Entry<String, String> header : response.headers()) {
                copy(header.getKey().toLowerCase(Locale.ROOT), header.getValue(), letter);
            }
        }
        return letter.build();
    }

    private static void copy(String header, String value, CloudEventBuilder letter) {
        if (header.matches(COPIED_HEADER + "[a-z0-9]+")) {
            letter.withExtension(header.substring(COPIED_HEADER.length()), value);
        }
    }
}
