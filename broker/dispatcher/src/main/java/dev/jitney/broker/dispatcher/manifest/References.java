package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.BrokerRef;
import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.duck.v1.Destination;
import io.fabric8.knative.duck.v1.KReference;
import io.fabric8.knative.serving.v1.RevisionTemplateSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceSpec;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where {@code ref} and {@code uri} lead. */
public final class References {
    private static final Set<String> SERVICE_VERSIONS = Set.of("serving.knative.dev/v1", "v1");

    private final Set<BrokerRef> brokers = new HashSet<>();
    private final Set<ServiceRef> services = new HashSet<>();
    private final Manifests manifests;

    /** References among the given resources. */
    public References(Manifests manifests) {
        this.manifests = manifests;
        manifests.brokers().forEach(b -> brokers.add(refOf(b)));
        manifests.services().forEach(s -> services.add(Manifests.refOf(s)));
    }

    private static BrokerRef refOf(io.fabric8.knative.eventing.v1.Broker broker) {
        return new BrokerRef(Manifests.namespaceOf(broker), broker.getMetadata().getName());
    }

    boolean hasBroker(String namespace, String name) {
        return brokers.contains(new BrokerRef(namespace, name));
    }

    boolean hasService(String namespace, String name) {
        return services.contains(new ServiceRef(namespace, name));
    }

    boolean hasConfigMap(String namespace, String name) {
        return manifests.configMap(namespace, name).isPresent();
    }

    boolean hasFixedRevision(ServiceRef service) {
        return manifests
                .service(service)
                .map(Service::getSpec)
                .map(ServiceSpec::getTemplate)
                .map(RevisionTemplateSpec::getMetadata)
                .map(metadata -> metadata.getName() != null)
                .orElse(false);
    }

    void check(@Nullable Destination destination, String namespace, Report report) {
        var _ = resolve(destination, namespace, report::add);
    }

    /**
     * Resolves a destination that has been checked.
     *
     * @param namespace where a {@code ref} without a namespace looks
     */
    public Target resolve(Destination destination, String namespace) {
        Target target =
                resolve(
                        destination,
                        namespace,
                        message -> {
                            throw new IllegalArgumentException(message);
                        });
        if (target == null) {
            throw new IllegalStateException("a checked destination does not resolve");
        }
        return target;
    }

    private @Nullable Target resolve(
            @Nullable Destination destination, String namespace, Consumer<String> problem) {
        if (destination == null
                || (destination.getRef() == null && isEmpty(destination.getUri()))) {
            problem.accept("is missing: give a ref or a uri");
            return null;
        }
        if (destination.getRef() != null) {
            return byRef(destination.getRef(), destination.getUri(), namespace, problem);
        }
        try {
            URI uri = URI.create(destination.getUri());
            if (String.valueOf(uri.getScheme()).matches("https?") && uri.getHost() != null) {
                return new Target.OfUri(uri);
            }
        } catch (IllegalArgumentException invalid) {
            // Reported below, with the other kinds of useless addresses.
        }
        problem.accept("needs an absolute http uri or a ref, not " + destination.getUri());
        return null;
    }

    private @Nullable Target byRef(
            KReference ref, @Nullable String uri, String namespace, Consumer<String> problem) {
        String kind = ref.getApiVersion() + " " + ref.getKind();
        String in = isEmpty(ref.getNamespace()) ? namespace : ref.getNamespace();
        if ("Service".equals(ref.getKind()) && SERVICE_VERSIONS.contains(ref.getApiVersion())) {
            if (!hasService(in, ref.getName())) {
                problem.accept("names no Service of the manifests: " + in + "/" + ref.getName());
                return null;
            }
            String path = isEmpty(uri) ? "/" : URI.create("/").resolve(uri).toString();
            return new Target.OfService(new ServiceRef(in, ref.getName()), path);
        }
        if ("eventing.knative.dev/v1 Broker".equals(kind)) {
            if (!hasBroker(in, ref.getName())) {
                problem.accept("names no Broker of the manifests: " + in + "/" + ref.getName());
                return null;
            }
            return new Target.OfBroker(new BrokerRef(in, ref.getName()));
        }
        problem.accept("has no local stand-in for " + kind + ": use a Service, a Broker or a uri");
        return null;
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
