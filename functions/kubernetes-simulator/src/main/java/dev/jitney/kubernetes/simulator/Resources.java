package dev.jitney.kubernetes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the API server does with objects: the rules of each verb, whoever asks. */
final class Resources {
    private static final long GRACE_SECONDS = 30;

    private final Objects objects;

    Resources(Objects objects) {
        this.objects = objects;
    }

    JsonObject get(Kind kind, String namespace, String name) {
        return objects.get(kind, namespace, name)
                .map(this::shown)
                .orElseThrow(() -> Statuses.notFound(kind, name));
    }

    JsonObject shown(JsonObject object) {
        return Meta.text(object, "kind").equals(Kind.RESOURCE_QUOTA.singular())
                ? Quota.withUsage(object, objects.list(Kind.POD, Meta.namespace(object)))
                : object;
    }

    JsonObject create(Kind kind, String namespace, JsonObject body) {
        JsonObject object = prepared(kind, namespace, body);
        String name = Meta.name(object);
        requireNamespace(kind, namespace);
        requireValid(kind, object);
        Optional<JsonObject> existing = objects.get(kind, namespace, name);
        if (existing.isPresent()) {
            throw Statuses.alreadyExists(kind, name, Meta.isDeleting(existing.get()));
        }
        if (kind == Kind.POD) {
            List<JsonObject> quotas = objects.list(Kind.RESOURCE_QUOTA, namespace);
            List<JsonObject> pods = objects.list(Kind.POD, namespace);
            Quota.refusal(name, quotas, pods)
                    .ifPresent(
                            refusal -> {
                                throw refusal;
                            });
            return objects.add(kind, PodStatus.created(object));
        }
        return objects.add(kind, object);
    }

    private static JsonObject prepared(Kind kind, String namespace, JsonObject body) {
        requireKind(kind, body);
        JsonObject object = withData(kind, body);
        JsonObject metadata = Meta.metadata(object).copy();
        object.put("metadata", metadata);
        for (String ours :
                List.of(
                        "uid",
                        "resourceVersion",
                        "creationTimestamp",
                        "deletionTimestamp",
                        "deletionGracePeriodSeconds")) {
            metadata.remove(ours);
        }
        if (Meta.name(object).isEmpty() && metadata.containsKey("generateName")) {
            String suffix = UUID.randomUUID().toString().substring(0, 5);
            metadata.put("name", metadata.getString("generateName") + suffix);
        }
        if (kind.isNamespaced()) {
            String own = Meta.text(metadata, "namespace");
            if (!own.isEmpty() && !own.equals(namespace)) {
                throw Statuses.badRequest(
                        "the namespace of the provided object does not match the namespace sent on"
                                + " the request");
            }
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private static void requireKind(Kind kind, JsonObject body) {
        String own = Meta.text(body, "kind");
        if (!own.isEmpty() && !own.equals(kind.singular())) {
            throw Statuses.badRequest(
                    "%s in version \"v1\" cannot be handled as a %s"
                            .formatted(own, kind.singular()));
        }
    }

    /** Secrets may be written with plain text, which is kept encoded. */
    private static JsonObject withData(Kind kind, JsonObject body) {
        JsonObject object = body.copy();
        if (kind != Kind.SECRET) {
            return object;
        }
        JsonObject data = Meta.child(object, "data");
        if (!Validation.isBase64(data)) {
            throw Statuses.badRequest(
                    "Secret in version \"v1\" cannot be handled as a Secret:"
                            + " illegal base64 data");
        }
        Meta.child(object, "stringData")
                .forEach(
                        entry -> {
                            byte[] plain = entry.getValue().toString().getBytes(UTF_8);
                            data.put(entry.getKey(), Base64.getEncoder().encodeToString(plain));
                        });
        object.remove("stringData");
        if (!object.containsKey("type")) {
            object.put("type", "Opaque");
        }
        return object.put("data", data);
    }

    JsonObject replace(Kind kind, String namespace, String name, JsonObject body) {
        JsonObject object = withData(kind, body);
        requireKind(kind, object);
        if (!Meta.name(object).equals(name)) {
            throw Statuses.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)"
                            .formatted(Meta.name(object), name));
        }
        JsonObject before =
                objects.get(kind, namespace, name).orElseThrow(() -> Statuses.notFound(kind, name));
        String version = Meta.text(Meta.metadata(object), "resourceVersion");
        if (!version.isEmpty()
                && !version.equals(Meta.text(Meta.metadata(before), "resourceVersion"))) {
            throw Statuses.conflict(kind, name);
        }
        requireUid(kind, before, Meta.uid(object));
        JsonObject after = carriedOver(kind, before, object);
        requireValid(kind, after);
        return objects.replace(kind, after);
    }

    /** What a writer cannot change stays, or is refused if Kubernetes refuses it. */
    private static JsonObject carriedOver(Kind kind, JsonObject before, JsonObject object) {
        JsonObject metadata = Meta.metadata(object).copy();
        for (String ours :
                List.of(
                        "namespace",
                        "uid",
                        "creationTimestamp",
                        "deletionTimestamp",
                        "deletionGracePeriodSeconds")) {
            metadata.remove(ours);
            if (Meta.metadata(before).containsKey(ours)) {
                metadata.put(ours, Meta.metadata(before).getValue(ours));
            }
        }
        JsonObject after = object.copy().put("metadata", metadata);
        after.put("apiVersion", "v1").put("kind", kind.singular());
        if (kind == Kind.POD) {
            after.put("status", Meta.child(before, "status"));
            requireSame(kind, before, after, "spec", "pod updates may not change fields of spec");
        }
        if (kind == Kind.SECRET) {
            requireSame(kind, before, after, "type", "field is immutable");
        }
        return after;
    }

    private static void requireSame(
            Kind kind, JsonObject before, JsonObject after, String field, String why) {
        if (!Meta.text(before, field).equals(Meta.text(after, field))) {
            throw Statuses.invalid(
                    kind, Meta.name(before), List.of(FieldProblem.forbidden(field, why)));
        }
    }

    /** JSON merge patch, RFC 7396; the version in it, if any, must be the current one. */
    JsonObject merge(Kind kind, String namespace, String name, JsonObject patch) {
        JsonObject before =
                objects.get(kind, namespace, name).orElseThrow(() -> Statuses.notFound(kind, name));
        return replace(kind, namespace, name, MergePatch.apply(before, patch));
    }

    /**
     * Deletes an object, a running pod with its grace period.
     *
     * @param options DeleteOptions, may be empty
     * @return what the answer shows: the pod, or a Status
     */
    JsonObject delete(Kind kind, String namespace, String name, JsonObject options) {
        JsonObject object =
                objects.get(kind, namespace, name).orElseThrow(() -> Statuses.notFound(kind, name));
        JsonObject preconditions = Meta.child(options, "preconditions");
        requireUid(kind, object, Meta.text(preconditions, "uid"));
        if (kind != Kind.POD) {
            objects.remove(kind, object);
            return Statuses.deleted(kind, object);
        }
        long grace = grace(object, options);
        if (grace == 0) {
            objects.remove(kind, object);
            return object;
        }
        return isShorter(object, grace) ? objects.replace(kind, doomed(object, grace)) : object;
    }

    /** A deletion can be hastened and not put off. */
    private static boolean isShorter(JsonObject pod, long grace) {
        return !(Meta.metadata(pod).getValue("deletionGracePeriodSeconds") instanceof Number before)
                || grace < before.longValue();
    }

    /** Nothing has to be stopped where nothing runs: no place on a node, or ended. */
    private static long grace(JsonObject pod, JsonObject options) {
        if (Meta.node(pod).isEmpty() || Meta.isTerminal(pod)) {
            return 0;
        }
        if (options.getValue("gracePeriodSeconds") instanceof Number asked) {
            return asked.longValue();
        }
        return Meta.spec(pod).getValue("terminationGracePeriodSeconds") instanceof Number own
                ? own.longValue()
                : GRACE_SECONDS;
    }

    private static JsonObject doomed(JsonObject pod, long grace) {
        JsonObject doomed = pod.copy();
        Instant end = Instant.now().plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS);
        Meta.metadata(doomed)
                .put("deletionTimestamp", end.toString())
                .put("deletionGracePeriodSeconds", grace);
        return doomed;
    }

    private static void requireUid(Kind kind, JsonObject object, String wanted) {
        if (!wanted.isEmpty() && !wanted.equals(Meta.uid(object))) {
            throw Statuses.conflict(
                    kind,
                    Meta.name(object),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(wanted, Meta.uid(object)));
        }
    }

    private void requireNamespace(Kind kind, String namespace) {
        if (kind.isNamespaced() && objects.get(Kind.NAMESPACE, "", namespace).isEmpty()) {
            throw Statuses.notFound(Kind.NAMESPACE, namespace);
        }
    }

    private static void requireValid(Kind kind, JsonObject object) {
        List<FieldProblem> problems = Validation.problems(kind, object);
        if (!problems.isEmpty()) {
            throw Statuses.invalid(kind, Meta.name(object), problems);
        }
    }
}
