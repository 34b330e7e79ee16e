package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.ServiceRef;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.SinkBinding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The resources of a directory that matter to a local Knative, checked as the webhooks of a cluster
 * would check them. Kinds of plain Kubernetes that mean nothing here (roles, network policies) are
 * left out; an unknown Knative kind is an error.
 *
 * @param brokers {@code eventing.knative.dev/v1} Brokers
 * @param triggers {@code eventing.knative.dev/v1} Triggers; each refers to one of the Brokers
 * @param services {@code serving.knative.dev/v1} Services
 * @param pingSources {@code sources.knative.dev/v1} PingSources
 * @param sinkBindings {@code sources.knative.dev/v1} SinkBindings
 * @param configMaps ConfigMaps that Services take their environment from
 */
public record Manifests(
        List<Broker> brokers,
        List<Trigger> triggers,
        List<Service> services,
        List<PingSource> pingSources,
        List<SinkBinding> sinkBindings,
        List<ConfigMap> configMaps) {
    public Manifests {
        brokers = List.copyOf(brokers);
        triggers = List.copyOf(triggers);
        services = List.copyOf(services);
        pingSources = List.copyOf(pingSources);
        sinkBindings = List.copyOf(sinkBindings);
        configMaps = List.copyOf(configMaps);
    }

    /**
     * Reads every {@code *.yaml} below a directory, {@code kustomization.yaml} left out.
     *
     * @throws InvalidManifests with every problem found, each with file, resource and remedy
     */
    public static Manifests read(Path directory) {
        return ManifestReader.read(directory);
    }

    /** The Service of a name. */
    public Optional<Service> service(ServiceRef ref) {
        return services.stream().filter(s -> refOf(s).equals(ref)).findFirst();
    }

    /** The ConfigMap of a name. */
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return configMaps.stream()
                .filter(c -> namespaceOf(c).equals(namespace))
                .filter(c -> c.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The name of a Service resource. */
    public static ServiceRef refOf(Service service) {
        return new ServiceRef(namespaceOf(service), service.getMetadata().getName());
    }

    /** The namespace of a resource; {@code default} when it names none. */
    public static String namespaceOf(HasMetadata resource) {
        String namespace = resource.getMetadata().getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }
}
