package dev.jitney.kubernetes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Places pods on nodes and carries them through their lives with timers, one kubelet for all nodes.
 *
 * <p>A pod goes from place to initialized in half of the start-up time, waits there until its
 * Secrets exist, and runs after the other half. It ends with its runner, by its deadline, by
 * eviction, or by deletion, where it stays until its containers have stopped.
 */
final class Kubelet {
    private static final long STEP_MILLIS_MIN = 10;
    private static final Duration STOPPING = Duration.ofSeconds(1);
    private static final Duration SECRET_RETRY = Duration.ofSeconds(1);
    private static final Duration BACK_OFF = Duration.ofSeconds(10);
    private static final Duration UNTIL_EVICTION = Duration.ofSeconds(5);
    private static final int KILLED = 143; // 128 + SIGTERM.

    private final Vertx vertx;
    private final Objects objects;
    private final KubernetesSimulatorConfig config;
    private final FaultDice dice;
    private final HttpClient client;
    private final VirtualTime time;
    private final Map<String, Life> lives = new LinkedHashMap<>();
    private boolean placing;
    private volatile PodFault fault = PodFault.NONE;

    /** What the kubelet knows of a pod it started. */
    private static final class Life {
        private final JsonObject pod; // As it was when it was placed.
        private final PodFault fault;
        private long step = -1;
        private long deadline = -1;
        private boolean waitsForSecret;
        private boolean stopping;
        private @Nullable SimulatedRunner runner;

        private Life(JsonObject pod, PodFault fault) {
            this.pod = pod;
            this.fault = fault;
        }
    }

    Kubelet(
            Vertx vertx,
            Objects objects,
            KubernetesSimulatorConfig config,
            FaultDice dice,
            HttpClient client) {
        this.vertx = vertx;
        this.objects = objects;
        this.config = config;
        this.dice = dice;
        this.client = client;
        this.time = new VirtualTime(vertx, config.speed());
        // Looks after the call that made the change: nothing changes while a change is told.
        objects.listen(change -> vertx.runOnContext(nothing -> react(change)));
    }

    /** What befalls pods from now on. May be called by any thread. */
    void fault(PodFault next) {
        fault = next;
    }

    private void react(Objects.Change change) {
        switch (change.kind()) {
            case POD -> reactToPod(change.type(), change.object());
            case SECRET -> wakeWaiting(change.object());
            case NODE -> place();
            case NAMESPACE, RESOURCE_QUOTA -> {}
        }
    }

    private void reactToPod(Objects.Type type, JsonObject pod) {
        switch (type) {
            case ADDED -> place();
            case MODIFIED -> {
                if (Meta.isDeleting(pod)) {
                    stop(pod);
                }
            }
            case DELETED -> {
                forget(pod);
                place();
            }
        }
    }

    /** Places what can be placed, oldest first; many changes at once are served by one pass. */
    private void place() {
        if (!placing) {
            placing = true;
            vertx.setTimer(1, id -> placeNow());
        }
    }

    private void placeNow() {
        placing = false;
        List<JsonObject> waiting =
                objects.list(Kind.POD, "").stream()
                        .filter(pod -> Meta.node(pod).isEmpty() && !Meta.isTerminal(pod))
                        .sorted(
                                (a, b) ->
                                        Meta.text(Meta.metadata(a), "creationTimestamp")
                                                .compareTo(
                                                        Meta.text(
                                                                Meta.metadata(b),
                                                                "creationTimestamp")))
                        .toList();
        if (waiting.isEmpty()) {
            return;
        }
        var scheduler = Scheduler.of(objects.list(Kind.NODE, ""), objects.list(Kind.POD, ""));
        for (JsonObject pod : waiting) {
            Optional<String> node = scheduler.place(pod);
            if (node.isPresent()) {
                scheduler = scheduler.plus(node.get());
                start(PodStatus.scheduled(pod, node.get(), Instant.now()));
            } else if (Meta.child(pod, "status").getValue("conditions") == null) {
                update(PodStatus.unschedulable(pod, scheduler.whyNot(pod), Instant.now()));
            }
        }
    }

    private void start(JsonObject scheduled) {
        JsonObject pod = update(scheduled);
        Life life = new Life(pod, fault);
        lives.put(Meta.uid(pod), life);
        if (Meta.spec(pod).getValue("activeDeadlineSeconds") instanceof Number seconds) {
            Duration deadline = Duration.ofSeconds(seconds.longValue());
            life.deadline =
                    time.after(
                            deadline,
                            STEP_MILLIS_MIN,
                            () ->
                                    fail(
                                            pod,
                                            "DeadlineExceeded",
                                            "Pod was active on the node longer than the specified"
                                                    + " deadline"));
        }
        if (life.fault != PodFault.NONE && life.fault != PodFault.IMAGE_ERROR) {
            next(life, config.startUp().dividedBy(2), pod, it -> prepare(life, it));
        } else if (life.fault == PodFault.IMAGE_ERROR || dice.imagePullFails()) {
            update(PodStatus.imageMissing(pod, "ErrImagePull"));
            next(life, BACK_OFF, pod, it -> update(PodStatus.imageMissing(it, "ImagePullBackOff")));
        } else {
            next(life, config.startUp().dividedBy(2), pod, this::initialized);
        }
    }

    private void prepare(Life life, JsonObject pod) {
        switch (life.fault) {
            case INIT_FAILS -> ended(pod, it -> PodStatus.initFailed(it, Instant.now()));
            case DOCKER_NEVER_READY -> update(PodStatus.dockerStarting(pod, Instant.now()));
            case NEVER_STARTS -> update(PodStatus.creating(pod));
            case NONE,
                    IMAGE_ERROR,
                    RUNNER_SILENT,
                    OUTLIVES_ITS_RUNNER,
                    NODE_LOST,
                    TERMINATES_ONLY_WHEN_KILLED ->
                    initialized(pod);
        }
    }

    private void initialized(JsonObject pod) {
        Life life = lives.get(Meta.uid(pod));
        if (life == null) {
            return;
        }
        Optional<String> missing = missingSecret(pod);
        life.waitsForSecret = missing.isPresent();
        if (missing.isPresent()) {
            String reason = "CreateContainerConfigError";
            update(PodStatus.initialized(pod, reason, missing.get(), Instant.now()));
        } else {
            update(PodStatus.initialized(pod, "PodInitializing", "", Instant.now()));
            next(life, config.startUp().dividedBy(2), pod, this::run);
        }
    }

    private Optional<String> missingSecret(JsonObject pod) {
        return SecretUse.ofPod(pod)
                .flatMap(use -> problem(Meta.namespace(pod), use).stream())
                .findFirst();
    }

    private Optional<String> problem(String namespace, SecretUse use) {
        Optional<JsonObject> secret = objects.get(Kind.SECRET, namespace, use.secret());
        if (secret.isEmpty()) {
            return Optional.of("secret \"" + use.secret() + "\" not found");
        }
        return Meta.child(secret.get(), "data").containsKey(use.key())
                ? Optional.empty()
                : Optional.of(
                        "couldn't find key %s in Secret %s/%s"
                                .formatted(use.key(), namespace, use.secret()));
    }

    private void wakeWaiting(JsonObject secret) {
        List.copyOf(lives.values()).stream()
                .filter(life -> life.waitsForSecret && !life.stopping)
                .filter(life -> Meta.namespace(life.pod).equals(Meta.namespace(secret)))
                .filter(
                        life ->
                                SecretUse.ofPod(life.pod)
                                        .anyMatch(it -> it.secret().equals(Meta.name(secret))))
                .forEach(
                        life -> {
                            life.waitsForSecret = false;
                            next(life, SECRET_RETRY, life.pod, this::initialized);
                        });
    }

    private void run(JsonObject pod) {
        Life life = lives.get(Meta.uid(pod));
        if (life == null) {
            return;
        }
        if (missingSecret(pod).isPresent()) {
            initialized(pod); // The Secret went away meanwhile: wait for it again.
            return;
        }
        update(PodStatus.running(pod, Instant.now()));
        switch (life.fault) {
            case RUNNER_SILENT -> {
                return;
            }
            case OUTLIVES_ITS_RUNNER -> {
                next(life, STOPPING, pod, it -> update(PodStatus.runnerEnded(it, Instant.now())));
                return;
            }
            case NODE_LOST -> next(life, STOPPING, pod, it -> lose(life, it));
            case NONE,
                    IMAGE_ERROR,
                    INIT_FAILS,
                    DOCKER_NEVER_READY,
                    NEVER_STARTS,
                    TERMINATES_ONLY_WHEN_KILLED -> {}
        }
        jitConfig(pod)
                .ifPresent(
                        jitConfig -> {
                            life.runner =
                                    new SimulatedRunner(
                                            vertx,
                                            client,
                                            config.ghesUrl(),
                                            exitCode -> ended(pod, exitCode));
                            life.runner.start(jitConfig);
                        });
        if (dice.evicts()) {
            next(
                    life,
                    UNTIL_EVICTION,
                    pod,
                    it -> fail(it, "Evicted", "The node was low on resource: memory."));
        }
    }

    /** Nobody hears of the pod and its runner any more. */
    private void lose(Life life, JsonObject pod) {
        if (life.runner != null) {
            life.runner.stop();
        }
        update(PodStatus.nodeLost(pod, Instant.now()));
    }

    private Optional<String> jitConfig(JsonObject pod) {
        return SecretUse.ofPod(pod)
                .filter(use -> use.variable().equals("ACTIONS_RUNNER_INPUT_JITCONFIG"))
                .findFirst()
                .flatMap(use -> value(Meta.namespace(pod), use));
    }

    private Optional<String> value(String namespace, SecretUse use) {
        return objects.get(Kind.SECRET, namespace, use.secret())
                .map(secret -> Meta.text(Meta.child(secret, "data"), use.key()))
                .map(data -> new String(Base64.getDecoder().decode(data), UTF_8));
    }

    private void ended(JsonObject pod, int exitCode) {
        end(pod, exitCode, "", "");
    }

    private void fail(JsonObject pod, String reason, String message) {
        end(pod, KILLED, reason, message);
    }

    private void end(JsonObject pod, int exitCode, String reason, String message) {
        ended(pod, it -> PodStatus.ended(it, exitCode, reason, message, Instant.now()));
    }

    private void ended(JsonObject pod, UnaryOperator<JsonObject> status) {
        current(pod)
                .filter(it -> !Meta.isTerminal(it))
                .ifPresent(
                        it -> {
                            forget(it);
                            JsonObject ended = update(status.apply(it));
                            if (Meta.isDeleting(ended)) {
                                objects.remove(Kind.POD, ended);
                            }
                            place();
                        });
    }

    /** A deleted pod keeps its place until its containers have stopped, at most its grace. */
    private void stop(JsonObject pod) {
        Life life = lives.get(Meta.uid(pod));
        if (life == null || life.stopping || isHeld(life, pod)) {
            return;
        }
        life.stopping = true;
        if (life.runner != null) {
            life.runner.stop();
        }
        long grace =
                Meta.metadata(pod).getValue("deletionGracePeriodSeconds") instanceof Number it
                        ? it.longValue()
                        : 0;
        Duration stopping = Duration.ofSeconds(Math.min(grace, STOPPING.toSeconds()));
        time.cancel(life.step);
        life.step =
                time.after(
                        stopping,
                        2 * STEP_MILLIS_MIN,
                        () -> {
                            ended(pod, KILLED);
                        });
    }

    private static boolean isHeld(Life life, JsonObject pod) {
        return switch (life.fault) {
            case NODE_LOST -> true;
            case TERMINATES_ONLY_WHEN_KILLED ->
                    Meta.metadata(pod).getValue("deletionGracePeriodSeconds") instanceof Number it
                            && it.longValue() > 1;
            case NONE,
                    IMAGE_ERROR,
                    INIT_FAILS,
                    DOCKER_NEVER_READY,
                    NEVER_STARTS,
                    RUNNER_SILENT,
                    OUTLIVES_ITS_RUNNER ->
                    false;
        };
    }

    private void next(Life life, Duration virtual, JsonObject pod, Consumer<JsonObject> step) {
        time.cancel(life.step);
        life.step =
                time.after(
                        virtual,
                        STEP_MILLIS_MIN,
                        () ->
                                current(pod)
                                        .filter(it -> !life.stopping && !Meta.isTerminal(it))
                                        .ifPresent(step));
    }

    private void forget(JsonObject pod) {
        Life life = lives.remove(Meta.uid(pod));
        if (life != null) {
            life.stopping = true;
            time.cancel(life.step);
            time.cancel(life.deadline);
            if (life.runner != null) {
                life.runner.stop();
            }
        }
    }

    /** The pod as it is now, if it is still the same one. */
    private Optional<JsonObject> current(JsonObject pod) {
        return objects.get(Kind.POD, Meta.namespace(pod), Meta.name(pod))
                .filter(it -> Meta.uid(it).equals(Meta.uid(pod)));
    }

    private JsonObject update(JsonObject pod) {
        return objects.replace(Kind.POD, pod);
    }
}
