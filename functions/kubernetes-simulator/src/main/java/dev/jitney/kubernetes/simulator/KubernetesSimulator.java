package dev.jitney.kubernetes.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running cluster on loopback: an API server over HTTP with its nodes and kubelet. It keeps
 * nothing on disk. {@code GET /_simulator/state} shows its figures.
 *
 * <p>Namespaces {@code jitney} and {@code jitney-runners} exist at the start. Known are namespaces,
 * nodes, pods, resource quotas and Secrets in API version v1 with create, get, list, watch,
 * replace, JSON merge patch and delete. There is no authentication, no server-side apply, and no
 * status subresource. A SelfSubjectAccessReview is answered with yes, unless {@link #forbid} was
 * told otherwise.
 */
public final class KubernetesSimulator implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int RUNNERS_MAX = 10_000;
    private static final long WAIT_SECONDS = 20;

    private final Vertx vertx;
    private final HttpServer server;
    private final Kubelet kubelet;
    private final Extensions extensions;

    private KubernetesSimulator(
            Vertx vertx, HttpServer server, Kubelet kubelet, Extensions extensions) {
        this.vertx = vertx;
        this.server = server;
        this.kubelet = kubelet;
        this.extensions = extensions;
    }

    /**
     * Starts a cluster and returns when it answers.
     *
     * @throws IllegalStateException if the port is taken
     */
    public static KubernetesSimulator start(KubernetesSimulatorConfig config) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        Promise<KubernetesSimulator> listening = Promise.promise();
        vertx.runOnContext(nothing -> listen(vertx, config).onComplete(listening));
        try {
            return await(listening.future());
        } catch (IllegalStateException e) {
            vertx.close();
            throw e;
        }
    }

    private static Future<KubernetesSimulator> listen(
            Vertx vertx, KubernetesSimulatorConfig config) {
        Objects objects = new Objects(config.watchHistory());
        Resources resources = new Resources(objects);
        Tally tally = new Tally(objects, config.observer());
        FaultDice dice = new FaultDice(config.faults());
        HttpClient runners =
                vertx.createHttpClient(
                        new HttpClientOptions().setMaxPoolSize(RUNNERS_MAX).setKeepAlive(true));
        Kubelet kubelet = new Kubelet(vertx, objects, config, dice, runners);
        new GarbageCollector(vertx, objects, resources);
        WatchRoutes watches = new WatchRoutes(new Watches(vertx, objects));
        Extensions extensions = new Extensions();
        ApiRoutes routes =
                new ApiRoutes(vertx, objects, resources, watches, dice, tally, extensions);
        Cluster.furnish(objects, config);
        return vertx.createHttpServer(new HttpServerOptions().setHost(HOST))
                .requestHandler(routes::handle)
                .listen(config.port())
                .map(server -> new KubernetesSimulator(vertx, server, kubelet, extensions));
    }

    /** What befalls pods that are placed from now on. */
    public void podFault(PodFault fault) {
        kubelet.fault(fault);
    }

    /**
     * Makes discovery tell of an API, as if somebody had installed it; there are no objects of it.
     *
     * @param apiVersion group and version
     */
    public void serve(String apiVersion, List<String> kinds) {
        extensions.serve(apiVersion, kinds);
    }

    /**
     * Makes a path answer with an object, of whatever kind; it can be read and no more.
     *
     * @param path such as {@code /apis/eventing.knative.dev/v1/namespaces/jitney/brokers/events}
     */
    public void show(String path, JsonObject object) {
        extensions.show(path, object);
    }

    /**
     * Makes SelfSubjectAccessReviews say no to a verb on a resource; calls are carried out all the
     * same.
     */
    public void forbid(String verb, String resource) {
        extensions.forbid(verb, resource);
    }

    /** Root of the API, for example {@code http://127.0.0.1:6443}. */
    public String url() {
        return "http://" + HOST + ":" + server.actualPort();
    }

    /** A kubeconfig for this cluster, with namespace {@code jitney-runners} as the default. */
    public String kubeconfig() {
        return """
        apiVersion: v1
        kind: Config
        current-context: jitney
        clusters:
        - name: jitney
          cluster:
            server: %s
        contexts:
        - name: jitney
          context:
            cluster: jitney
            user: jitney
            namespace: jitney-runners
        users:
        - name: jitney
          user: {}
        """
                .formatted(url());
    }

    /** Stops the cluster with all its runners; returns when the port is free. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cluster does not start or stop", e);
        }
    }
}
