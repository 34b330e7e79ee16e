package dev.jitney.standalone.install;

import dev.jitney.standalone.hooks.HookScope;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is special about one installation, secrets aside. Only what can stand in YAML and in an
 * image's name as it is.
 *
 * @param ghes root of the server, without {@code /api/v3}
 * @param hook which webhook of GHES tells of jobs
 * @param registry registry and path in it, where the images of the functions are
 * @param tag of the images
 * @param capacity most runners at the same time; empty if it follows the nodes
 * @param kafka bootstrap servers; empty if the broker is another one
 * @param rabbitmq empty if the broker is another one, or it is that of the overlay
 */
public record Site(
        URI ghes,
        HookScope hook,
        String registry,
        String tag,
        BrokerKind broker,
        OptionalInt capacity,
        Optional<String> kafka,
        Optional<RabbitmqName> rabbitmq,
        SiteRunners runners) {
    private static final String HOST_PORT = "[A-Za-z0-9._-]+:[0-9]{1,5}";

    /**
     * @throws IllegalArgumentException with what to write
     */
    public Site {
        require(
                ghes.toString().matches("https?://[A-Za-z0-9._:\\[\\]-]+/?"),
                "--ghes-url is '%s'; give the root, such as https://ghes.example.com",
                ghes);
        require(
                registry.matches("[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9][a-z0-9._-]*)*"),
                "--registry is '%s'; write a registry and a path in it, such as"
                        + " registry.example.com/jitney",
                registry);
        require(
                tag.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"),
                "--tag is '%s', which no image can have",
                tag);
        require(
                capacity.orElse(0) >= 0,
                "--capacity is '%s'; write a number from 0, or auto",
                capacity.orElse(0));
        require(
                kafka.isPresent() == (broker == BrokerKind.KAFKA),
                "--kafka HOST:PORT goes with --broker kafka, and with no other%s",
                "");
        require(
                rabbitmq.isEmpty() || broker == BrokerKind.RABBITMQ,
                "--rabbitmq NAMESPACE/NAME goes with --broker rabbitmq, and with no other%s",
                "");
        require(
                kafka.orElse("h:1").matches(HOST_PORT + "(," + HOST_PORT + ")*"),
                "--kafka is '%s'; write host:port, with commas more",
                kafka.orElse(""));
    }

    private static void require(boolean good, String otherwise, Object given) {
        if (!good) {
            throw new IllegalArgumentException(otherwise.formatted(given));
        }
    }

    /** The value of {@code JITNEY_CAPACITY}. */
    public String capacityText() {
        return capacity.isPresent() ? Integer.toString(capacity.getAsInt()) : "auto";
    }

    /** The value of {@code JITNEY_HOOK}. */
    String hookText() {
        return hook.name().toLowerCase(Locale.ROOT);
    }

    /** The value of {@code JITNEY_GHES_URL}. */
    String ghesUrl() {
        return ghes.toString().replaceFirst("/$", "");
    }
}
