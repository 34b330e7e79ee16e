package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.Target;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.broker.dispatcher.manifest.References;
import io.fabric8.knative.duck.v1.CloudEventOverrides;
import io.fabric8.knative.sources.v1.SinkBinding;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The environment of an instance, as a cluster would set it. */
final class Environment {
    /** All that an instance inherits from this process. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR", "TZ");

    private final Manifests manifests;
    private final References references;
    private final Configuration configuration;
    private final Map<String, String> overrides;
    private final Map<String, String> parent;

    Environment(
            Manifests manifests,
            Configuration configuration,
            Map<String, String> overrides,
            Map<String, String> parent) {
        this.manifests = manifests;
        this.references = new References(manifests);
        this.configuration = configuration;
        this.overrides = overrides;
        this.parent = parent;
    }

    /**
     * The environment of one instance.
     *
     * @param broker address of the ingress
     * @param volumes what its files are in
     * @throws IllegalStateException naming the Secret or ConfigMap that is missing
     */
    Map<String, String> of(Revision revision, int port, URI broker, Volumes volumes) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : INHERITED) {
            String value = parent.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        String namespace = revision.service().namespace();
        for (EnvFromSource source : revision.container().getEnvFrom()) {
            variables.putAll(from(source, namespace));
        }
        for (EnvVar variable : revision.container().getEnv()) {
            String value = value(variable, namespace);
            if (value != null) {
                variables.put(variable.getName(), value);
            }
        }
        putSinks(revision, broker, variables);
        String name = revision.service().name();
        variables.put("K_SERVICE", name);
        variables.put("K_CONFIGURATION", name);
        variables.put("K_REVISION", name + "-00001");
        variables.put("PORT", Integer.toString(port));
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.putAll(overrides);
        variables.replaceAll((_, value) -> volumes.moved(value));
        return variables;
    }

    private Map<String, String> from(EnvFromSource source, String namespace) {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        Map<String, String> data = Map.of();
        if (source.getConfigMapRef() != null) {
            boolean optional = Boolean.TRUE.equals(source.getConfigMapRef().getOptional());
            data = configuration.configMap(namespace, source.getConfigMapRef().getName(), optional);
        } else if (source.getSecretRef() != null) {
            boolean optional = Boolean.TRUE.equals(source.getSecretRef().getOptional());
            data = configuration.secret(namespace, source.getSecretRef().getName(), optional);
        }
        Map<String, String> prefixed = new TreeMap<>();
        data.forEach((name, value) -> prefixed.put(prefix + name, value));
        return prefixed;
    }

    private @Nullable String value(EnvVar variable, String namespace) {
        EnvVarSource from = variable.getValueFrom();
        if (from == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        if (from.getSecretKeyRef() != null) {
            String name = from.getSecretKeyRef().getName();
            String key = from.getSecretKeyRef().getKey();
            boolean optional = Boolean.TRUE.equals(from.getSecretKeyRef().getOptional());
            return key(
                    configuration.secret(namespace, name, optional),
                    "Secret " + name,
                    key,
                    optional);
        }
        String name = from.getConfigMapKeyRef().getName();
        String key = from.getConfigMapKeyRef().getKey();
        boolean optional = Boolean.TRUE.equals(from.getConfigMapKeyRef().getOptional());
        return key(
                configuration.configMap(namespace, name, optional),
                "ConfigMap " + name,
                key,
                optional);
    }

    private static @Nullable String key(
            Map<String, String> data, String holder, String key, boolean optional) {
        String value = data.get(key);
        if (value == null && !optional) {
            throw new IllegalStateException(holder + " has no key " + key);
        }
        return value;
    }

    private void putSinks(Revision revision, URI broker, Map<String, String> variables) {
        for (SinkBinding binding : manifests.sinkBindings()) {
            if (!Manifests.namespaceOf(binding).equals(revision.service().namespace())
                    || !revision.service()
                            .name()
                            .equals(binding.getSpec().getSubject().getName())) {
                continue;
            }
            String namespace = Manifests.namespaceOf(binding);
            Target sink = references.resolve(binding.getSpec().getSink(), namespace);
            variables.put("K_SINK", url(sink, broker).toString());
            variables.put("K_CE_OVERRIDES", overrides(binding.getSpec().getCeOverrides()));
        }
    }

    private static URI url(Target sink, URI broker) {
        return switch (sink) {
            case Target.OfBroker of -> broker.resolve(of.broker().path());
            case Target.OfUri(URI uri) -> uri;
            case Target.OfService service ->
                    throw new IllegalStateException("a sink with no fixed address: " + service);
        };
    }

    private static String overrides(@Nullable CloudEventOverrides overrides) {
        if (overrides == null || overrides.getExtensions() == null) {
            return "";
        }
        JsonObject extensions = new JsonObject();
        overrides.getExtensions().forEach(extensions::put);
        return new JsonObject().put("extensions", extensions).encode();
    }
}
