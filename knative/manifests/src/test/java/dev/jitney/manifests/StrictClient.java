package dev.jitney.manifests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Applies resources so that an API server refuses fields it does not know, and keeps what it warns
 * of: what {@code kubectl apply} only prints.
 */
final class StrictClient implements AutoCloseable {
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final KubernetesClient client;

    StrictClient(Config config) {
        client =
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientBuilderConsumer(
                                http -> http.addOrReplaceInterceptor("warnings", collecting()))
                        .build();
    }

    private Interceptor collecting() {
        return new Interceptor() {
            @Override
            public void after(
                    HttpRequest request,
                    HttpResponse<?> response,
                    AsyncBody.Consumer<List<ByteBuffer>> consumer) {
                warnings.addAll(response.headers("Warning"));
            }
        };
    }

    KubernetesClient client() {
        return client;
    }

    /**
     * Applies one resource.
     *
     * @return what the API server warned of
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if it refused the resource
     */
    List<String> apply(ObjectNode resource) {
        warnings.clear();
        client.resource(YamlFile.MAPPER.convertValue(resource, GenericKubernetesResource.class))
                .fieldValidation(Validation.STRICT)
                .forceConflicts()
                .serverSideApply();
        return List.copyOf(warnings);
    }

    @Override
    public void close() {
        client.close();
    }
}
