package dev.jitney.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a cluster, and changes nothing. It asks for single things by their paths, not by types:
 * what it asks for may not be there.
 *
 * <p>All calls throw {@link KubernetesUnavailable} if there was no answer, and {@link
 * KubernetesRefused} if there was no looking.
 */
public final class ClusterInspection implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private final KubernetesClient client;
    private final Duration deadline;
    private final InstantSource clock;

    private record Answer(int status, String body, @Nullable String date) {}

    /**
     * What a server says of itself.
     *
     * @param version such as {@code v1.33.0}
     * @param clockAhead by how much its clock is ahead of ours, to a second; empty if it does not
     *     say
     */
    public record Server(String version, Optional<Duration> clockAhead) {}

    private ClusterInspection(KubernetesClient client, Duration deadline, InstantSource clock) {
        this.client = client;
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * Opens a connection; the first call is the first that reaches the server.
     *
     * @throws IllegalArgumentException if there is no usable kubeconfig
     */
    public static ClusterInspection open(KubernetesConnection connection, InstantSource clock) {
        try {
            return new ClusterInspection(connection.open(), connection.requestTimeout(), clock);
        } catch (RuntimeException unreadable) {
            // Which ones the library throws it does not say; what they say may be a credential.
            throw new IllegalArgumentException("the kubeconfig cannot be read");
        }
    }

    /** Its version and its clock. */
    public Server server() {
        Answer answer = get("/version", "application/json");
        String version = json(answer).path("gitVersion").asText();
        return new Server(version, Optional.ofNullable(answer.date()).flatMap(this::ahead));
    }

    private Optional<Duration> ahead(String date) {
        try {
            Instant theirs =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(Duration.between(clock.instant(), theirs));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The kinds that are served in a version of an API.
     *
     * @param apiVersion with its group, such as {@code eventing.knative.dev/v1}
     * @return empty if the group or the version is not there
     */
    public SortedSet<String> kinds(String apiVersion) {
        SortedSet<String> kinds = new TreeSet<>();
        find("/apis/" + apiVersion)
                .ifPresent(
                        list ->
                                list.path("resources")
                                        .forEach(each -> kinds.add(each.path("kind").asText())));
        return kinds;
    }

    /**
     * An object, by its path.
     *
     * @return empty if there is none, or nothing like it
     */
    public Optional<JsonNode> find(String path) {
        Answer answer = get(path, "application/json");
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(json(answer));
    }

    /** Whether there is an object; of a Secret nothing is asked for but its name. */
    public boolean exists(String path) {
        return get(path, METADATA_ONLY).status() != NOT_FOUND;
    }

    /**
     * Whether we may do something.
     *
     * @param group of the API; empty for the core
     * @param namespace empty for what has none
     */
    public boolean may(String verb, String group, String resource, String namespace) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        review.putObject("spec")
                .putObject("resourceAttributes")
                .put("verb", verb)
                .put("group", group)
                .put("resource", resource)
                .put("namespace", namespace);
        String path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        HttpRequest request = to(path).post("application/json", review.toString()).build();
        Answer answer = checked("POST " + path, request);
        return json(answer).at("/status/allowed").asBoolean();
    }

    private Answer get(String path, String accept) {
        return checked("GET " + path, to(path).header("Accept", accept).build());
    }

    private HttpRequest.Builder to(String path) {
        // Behind a proxy the server has a path of its own.
        String root = client.getMasterUrl().toString().replaceFirst("/$", "");
        return client.getHttpClient().newHttpRequestBuilder().uri(URI.create(root + path));
    }

    private Answer checked(String what, HttpRequest request) {
        Answer answer = answer(what, request);
        int status = answer.status();
        if (status == 401 || status == 429 || status >= 500) {
            throw new KubernetesUnavailable(what + ": " + status, status, null, null);
        }
        if (status >= 400 && status != NOT_FOUND) {
            var reason =
                    status == 403
                            ? KubernetesRefused.Reason.FORBIDDEN
                            : KubernetesRefused.Reason.INVALID;
            throw new KubernetesRefused(reason, what + ": " + status, status, null);
        }
        return answer;
    }

    private Answer answer(String what, HttpRequest request) {
        try {
            HttpResponse<String> response =
                    client.getHttpClient()
                            .sendAsync(request, String.class)
                            .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.code(), response.body(), response.header("date"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesUnavailable(what + ": interrupted", 0, null, e);
        } catch (ExecutionException e) {
            throw new KubernetesUnavailable(what + ": " + e.getCause(), 0, null, e.getCause());
        } catch (TimeoutException e) {
            throw new KubernetesUnavailable(
                    what + ": no answer within " + deadline.toMillis() + " ms", 0, null, e);
        }
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new KubernetesRefused(
                    KubernetesRefused.Reason.INVALID,
                    "the answer is not JSON: this is no Kubernetes API server",
                    answer.status(),
                    null);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
