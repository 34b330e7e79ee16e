package dev.jitney.simulation.broker;

import dev.jitney.broker.dispatcher.RetryRules;
import dev.jitney.broker.dispatcher.RetryRules.Growth;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Trigger that ships, as the simulation follows it.
 *
 * @param type of the events it takes
 * @param service that gets them
 * @param deadLetters service that gets those whose retries are spent; empty for none
 * @param timeout of one attempt
 */
public record Route(
        String name,
        String type,
        String service,
        int retries,
        Growth growth,
        Duration delay,
        Duration timeout,
        Optional<String> deadLetters) {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /**
     * All Triggers of a directory.
     *
     * @throws IllegalArgumentException for one that chooses events otherwise than by type
     */
    public static List<Route> of(Manifests manifests) {
        return manifests.triggers().stream().map(trigger -> of(trigger, manifests)).toList();
    }

    private static Route of(Trigger trigger, Manifests manifests) {
        String name = trigger.getMetadata().getName();
        Map<String, String> wanted = trigger.getSpec().getFilter().getAttributes();
        String type = wanted.get("type");
        if (type == null || wanted.size() > 1 || !trigger.getSpec().getFilters().isEmpty()) {
            throw new IllegalArgumentException(
                    "Trigger " + name + " must choose by type alone to be simulated");
        }
        DeliverySpec own = trigger.getSpec().getDelivery();
        DeliverySpec delivery = own != null ? own : ofBroker(trigger, manifests);
        return new Route(
                name,
                type,
                trigger.getSpec().getSubscriber().getRef().getName(),
                delivery.getRetry() == null ? 0 : delivery.getRetry(),
                "linear".equals(delivery.getBackoffPolicy()) ? Growth.LINEAR : Growth.EXPONENTIAL,
                duration(delivery.getBackoffDelay(), RetryRules.KAFKA.delayByDefault()),
                duration(delivery.getTimeout(), TIMEOUT),
                Optional.ofNullable(delivery.getDeadLetterSink())
                        .map(sink -> sink.getRef().getName()));
    }

    private static DeliverySpec ofBroker(Trigger trigger, Manifests manifests) {
        return manifests.brokers().stream()
                .filter(each -> each.getMetadata().getName().equals(trigger.getSpec().getBroker()))
                .map(Broker::getSpec)
                .map(spec -> spec.getDelivery())
                .findFirst()
                .orElseGet(DeliverySpec::new);
    }

    private static Duration duration(@Nullable String text, Duration otherwise) {
        return text == null ? otherwise : Duration.parse(text);
    }

    /** The wait before a retry, 1 for the first. */
    Duration wait(int retry) {
        return RetryRules.KAFKA.wait(growth, delay, retry);
    }
}
