package dev.jitney.kubernetes.simulator;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From HTTP to {@link Resources} and back, with the faults in between. */
final class ApiRoutes {
    private static final Set<Kind> FAULTY = Set.of(Kind.POD, Kind.SECRET);

    private final Vertx vertx;
    private final Objects objects;
    private final Resources resources;
    private final WatchRoutes watches;
    private final FaultDice dice;
    private final Tally tally;
    private final Extensions extensions;

    private record Answer(int status, JsonObject body) {}

    ApiRoutes(
            Vertx vertx,
            Objects objects,
            Resources resources,
            WatchRoutes watches,
            FaultDice dice,
            Tally tally,
            Extensions extensions) {
        this.vertx = vertx;
        this.objects = objects;
        this.resources = resources;
        this.watches = watches;
        this.dice = dice;
        this.tally = tally;
        this.extensions = extensions;
    }

    void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        Optional<JsonObject> known = Discovery.answer(path).or(() -> extensions.discovered(path));
        if (known.isPresent()) {
            send(request, new Answer(200, known.get()));
        } else if (path.equals(Extensions.REVIEWS)) {
            request.body()
                    .onSuccess(
                            body ->
                                    send(
                                            request,
                                            new Answer(201, extensions.reviewed(json(body)))));
        } else if (path.equals("/_simulator/state")) {
            send(request, new Answer(200, tally.state()));
        } else if (Set.of("/healthz", "/livez", "/readyz").contains(path)) {
            request.response().end("ok");
        } else {
            Target.of(request)
                    .ifPresentOrElse(
                            target -> call(request, target),
                            () -> send(request, refused(Statuses.noSuchPath())));
        }
    }

    private void call(HttpServerRequest request, Target target) {
        if (target.isCollection() && target.isWatch() && request.method().equals(HttpMethod.GET)) {
            try {
                watches.open(request, target);
            } catch (ApiRefusal refusal) {
                send(request, refused(refusal));
            }
            return;
        }
        request.body()
                .onSuccess(
                        body -> {
                            long millis =
                                    FAULTY.contains(target.kind()) ? dice.delay().toMillis() : 0;
                            if (millis == 0) {
                                answer(request, target, body);
                            } else {
                                vertx.setTimer(millis, id -> answer(request, target, body));
                            }
                        });
    }

    private void answer(HttpServerRequest request, Target target, Buffer body) {
        FaultDice.Fault fault = fault(request, target);
        Answer answer;
        try {
            refuse(fault, target);
            answer = perform(request, target, body);
        } catch (ApiRefusal refusal) {
            tally.refused(target.kind().plural(), target.name(), refusal.reason());
            answer = refused(refusal);
        } catch (DecodeException | ClassCastException e) {
            answer = refused(Statuses.badRequest("the body is not the JSON of an object"));
        }
        if (fault == FaultDice.Fault.HELD_ANSWER) {
            vertx.setTimer(dice.heldFor().toMillis(), id -> request.connection().close());
        } else {
            send(request, answer);
        }
    }

    private FaultDice.Fault fault(HttpServerRequest request, Target target) {
        if (!FAULTY.contains(target.kind())) {
            return FaultDice.Fault.NONE;
        }
        FaultDice.Fault fault =
                request.method().equals(HttpMethod.POST)
                        ? dice.ofCreation(target.kind())
                        : dice.ofOtherCall();
        if (fault != FaultDice.Fault.NONE) {
            tally.fault(fault);
        }
        return fault;
    }

    private static void refuse(FaultDice.Fault fault, Target target) {
        switch (fault) {
            case NONE, HELD_ANSWER -> {}
            case QUOTA -> throw Statuses.exceededQuota("injected", "injected", 0, 0);
            case CONFLICT -> throw Statuses.conflict(Kind.RESOURCE_QUOTA, target.namespace());
            case TOO_MANY_REQUESTS -> throw Statuses.tooManyRequests();
            case INTERNAL_ERROR -> throw Statuses.internalError();
            case UNAVAILABLE -> throw Statuses.unavailable();
        }
    }

    private Answer perform(HttpServerRequest request, Target target, Buffer body) {
        return switch (request.method().name()) {
            case "GET" -> new Answer(200, target.isCollection() ? list(target) : get(target));
            case "POST" -> create(target, json(body));
            case "PUT" ->
                    new Answer(
                            200,
                            resources.replace(
                                    target.kind(),
                                    target.namespace(),
                                    requireName(target),
                                    json(body)));
            case "PATCH" -> patch(request, target, body);
            case "DELETE" -> delete(target, body);
            default -> throw Statuses.methodNotAllowed();
        };
    }

    private JsonObject get(Target target) {
        return resources.get(target.kind(), target.namespace(), target.name());
    }

    private JsonObject list(Target target) {
        return Listing.page(
                target.kind(),
                selected(target),
                objects.revision(),
                target.number("limit"),
                target.parameter("continue"));
    }

    private List<JsonObject> selected(Target target) {
        return objects.list(target.kind(), target.namespace()).stream()
                .filter(target.selector())
                .map(resources::shown)
                .toList();
    }

    private Answer create(Target target, JsonObject body) {
        boolean placed = target.kind().isNamespaced() != target.namespace().isEmpty();
        if (!target.isCollection() || !placed) {
            throw Statuses.methodNotAllowed();
        }
        return new Answer(201, resources.create(target.kind(), target.namespace(), body));
    }

    private Answer patch(HttpServerRequest request, Target target, Buffer body) {
        String type = String.valueOf(request.getHeader("content-type"));
        if (!type.startsWith("application/merge-patch+json")) {
            throw Statuses.unsupportedMediaType(type);
        }
        return new Answer(
                200,
                resources.merge(
                        target.kind(), target.namespace(), requireName(target), json(body)));
    }

    private Answer delete(Target target, Buffer body) {
        JsonObject options = json(body);
        if (!target.parameter("gracePeriodSeconds").isEmpty()) {
            options.put("gracePeriodSeconds", target.number("gracePeriodSeconds"));
        }
        if (!target.isCollection()) {
            return new Answer(
                    200,
                    resources.delete(target.kind(), target.namespace(), target.name(), options));
        }
        if (target.namespace().isEmpty()) {
            throw Statuses.methodNotAllowed();
        }
        JsonObject found = list(target);
        selected(target)
                .forEach(
                        object ->
                                resources.delete(
                                        target.kind(),
                                        target.namespace(),
                                        Meta.name(object),
                                        options));
        return new Answer(200, found);
    }

    private static String requireName(Target target) {
        if (target.isCollection()) {
            throw Statuses.methodNotAllowed();
        }
        return target.name();
    }

    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    }

    private static Answer refused(ApiRefusal refusal) {
        return new Answer(refusal.code(), Statuses.of(refusal));
    }

    private static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (answer.status() == 429) {
            response.putHeader("retry-after", "1");
        }
        response.setStatusCode(answer.status())
                .putHeader("content-type", "application/json")
                .putHeader("date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC)))
                .end(answer.body().toBuffer());
    }
}
