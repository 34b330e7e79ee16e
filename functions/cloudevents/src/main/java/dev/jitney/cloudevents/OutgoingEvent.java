package dev.jitney.cloudevents;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent on its way out, version 1.0, with JSON data.
 *
 * <p>All attributes are printable ASCII, because neither brokers nor Funqy decode what the HTTP
 * binding would have to encode.
 *
 * @param id together with {@code source} what receivers recognise a repetition by
 * @param subject null for none
 * @param extensions names of lower-case letters and digits; iterated in the order of the names
 * @param data JSON
 */
public record OutgoingEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        Map<String, String> extensions,
        Buffer data) {
    private static final Pattern PRINTABLE = Pattern.compile("[!#-~]([ !#-~]*[!#-~])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,30}");

    public OutgoingEvent {
        requirePrintable("id", id);
        requirePrintable("source", source);
        requirePrintable("type", type);
        if (subject != null) {
            requirePrintable("subject", subject);
        }
        extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
        extensions.forEach(OutgoingEvent::requireExtension);
    }

    private static void requireExtension(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of an extension: " + name);
        }
        requirePrintable(name, value);
    }

    private static void requirePrintable(String name, String value) {
        if (!PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is empty or not printable ASCII");
        }
    }

    @Override
    public String toString() {
        return type + " " + id + " from " + source;
    }
}
