package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.filter.Filters;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.broker.dispatcher.manifest.References;
import io.cloudevents.CloudEvent;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Trigger, resolved.
 *
 * @param name {@code namespace/name} of the Trigger
 * @param ordered events of one {@code partitionkey} go one after the other
 */
record Route(
        String namespace,
        String name,
        BrokerRef broker,
        Predicate<CloudEvent> filter,
        Target subscriber,
        DeliveryPolicy policy,
        boolean ordered) {
    private static final String ORDER = "kafka.eventing.knative.dev/delivery.order";

    static List<Route> of(Manifests manifests) {
        References references = new References(manifests);
        return manifests.triggers().stream().map(t -> of(t, manifests, references)).toList();
    }

    private static Route of(Trigger trigger, Manifests manifests, References references) {
        String namespace = Manifests.namespaceOf(trigger);
        BrokerRef broker = new BrokerRef(namespace, trigger.getSpec().getBroker());
        DeliverySpec own = trigger.getSpec().getDelivery();
        Map<String, String> annotations = trigger.getMetadata().getAnnotations();
        return new Route(
                namespace,
                namespace + "/" + trigger.getMetadata().getName(),
                broker,
                Filters.of(trigger.getSpec().getFilter(), trigger.getSpec().getFilters()),
                references.resolve(trigger.getSpec().getSubscriber(), namespace),
                // As a whole: a Trigger that sets only retry has no dead letter sink any more.
                DeliveryPolicy.of(
                        own == null ? deliveryOf(broker, manifests) : own, namespace, references),
                annotations != null && "ordered".equals(annotations.get(ORDER)));
    }

    private static @Nullable DeliverySpec deliveryOf(BrokerRef ref, Manifests manifests) {
        for (Broker broker : manifests.brokers()) {
            if (Manifests.namespaceOf(broker).equals(ref.namespace())
                    && broker.getMetadata().getName().equals(ref.name())) {
                return broker.getSpec() == null ? null : broker.getSpec().getDelivery();
            }
        }
        return null;
    }
}
