package dev.jitney.ghes.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Steers and shows the simulator.
 *
 * <ul>
 *   <li>{@code POST /_simulator/load} {@code {orgs, jobs, seed, durationMinutes, meanJobMinutes,
 *       labels: [[..]], gatedShare}}, minutes being virtual: 201.
 *   <li>{@code POST /_simulator/organizations} {@code {login, repositories: [..]}}: 201.
 *   <li>{@code POST /_simulator/jobs} {@code {organization, repository, name, labels: [..],
 *       durationSeconds, gateSeconds, succeeds}}, seconds being virtual: 201 {@code {jobId}}.
 *   <li>{@code POST /_simulator/jobs/{id}/cancel}: 204, or 409 if it has ended.
 *   <li>{@code GET /_simulator/state}, {@code GET /_simulator/jobs?after=&limit=}.
 * </ul>
 *
 * <p>Without authentication, as it listens on the loopback address only.
 */
final class SimulatorRoutes {

    private static final long BODY_BYTES_MAX = 1024 * 1024;
    private static final int JOBS_SHOWN = 1000;

    private final Simulation simulation;

    SimulatorRoutes(Simulation simulation) {
        this.simulation = simulation;
    }

    void mount(Router router) {
        router.route("/_simulator/*")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        router.post("/_simulator/load").handler(context -> accept(context, this::load));
        router.post("/_simulator/organizations")
                .handler(context -> accept(context, this::organization));
        router.post("/_simulator/jobs").handler(context -> accept(context, this::queue));
        router.post("/_simulator/jobs/:job_id/cancel").handler(this::cancel);
        router.get("/_simulator/jobs").handler(this::jobs);
        router.get("/_simulator/state")
                .handler(context -> Answers.json(context, 200, simulation.state().toJson()));
    }

    /** Runs a command with the body, and answers what it returns, or 400 if it makes no sense. */
    private static void accept(RoutingContext context, Function<JsonObject, JsonObject> command) {
        try {
            JsonObject body = context.body().asJsonObject();
            JsonObject answer = command.apply(body == null ? new JsonObject() : body);
            Answers.json(context, 201, answer);
        } catch (DecodeException | IllegalArgumentException | ClassCastException invalid) {
            Answers.error(context, 400, String.valueOf(invalid.getMessage()));
        }
    }

    private JsonObject load(JsonObject body) {
        LoadProfile usual =
                LoadProfile.of(
                        body.getInteger("orgs", 40),
                        body.getInteger("jobs", 1000),
                        body.getLong("seed", 1L));
        JsonArray labels = body.getJsonArray("labels");
        simulation.load(
                new LoadProfile(
                        usual.organizations(),
                        usual.jobs(),
                        usual.seed(),
                        minutes(body, "durationMinutes", usual.duration()),
                        minutes(body, "meanJobMinutes", usual.meanJob()),
                        labels == null
                                ? usual.labels()
                                : labels.stream()
                                        .map(JsonArray.class::cast)
                                        .map(SimulatorRoutes::strings)
                                        .toList(),
                        body.getDouble("gatedShare", usual.gatedShare())));
        return new JsonObject().put("jobs", usual.jobs());
    }

    private JsonObject organization(JsonObject body) {
        String login = body.getString("login", "");
        simulation.createOrganization(
                login, strings(body.getJsonArray("repositories", new JsonArray())));
        return new JsonObject().put("login", login);
    }

    private JsonObject queue(JsonObject body) {
        JsonArray labels = body.getJsonArray("labels", JsonArray.of("code-linux"));
        var order =
                new JobOrder(
                        body.getString("organization", ""),
                        body.getString("repository", "repo-1"),
                        body.getString("name", "build"),
                        strings(labels),
                        seconds(body, "durationSeconds", 60),
                        seconds(body, "gateSeconds", 0),
                        body.getBoolean("succeeds", true));
        return new JsonObject().put("jobId", simulation.queue(List.of(order)).getFirst());
    }

    private void cancel(RoutingContext context) {
        boolean cancelled =
                RestActions.id(context, "job_id").filter(simulation::cancel).isPresent();
        if (cancelled) Answers.empty(context, 204);
        else Answers.error(context, 409, "There is no such job that has not ended");
    }

    private void jobs(RoutingContext context) {
        var found = new JsonArray();
        int limit = Page.number(context, "limit", JOBS_SHOWN);
        int after = Page.number(context, "after", 0);
        simulation.jobs(after, limit).forEach(job -> found.add(describe(job)));
        Answers.json(context, 200, found);
    }

    private static JsonObject describe(Jobs.Job job) {
        return new JsonObject()
                .put("id", job.id)
                .put("organization", job.organization())
                .put("repository", job.run.repository.fullName())
                .put("runId", job.run.id)
                .put("labels", new JsonArray(job.order.labels()))
                .put("status", job.state.value)
                .put("conclusion", job.conclusion)
                .put("runner", job.runnerName)
                .put("durationSeconds", job.order.duration().toMillis() / 1000.0)
                .put("createdAt", job.createdAt.toString())
                .put("startedAt", text(job.startedAt))
                .put("completedAt", text(job.completedAt));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static List<String> strings(JsonArray array) {
        Stream<Object> values = array.stream();
        return values.map(String.class::cast).toList();
    }

    private static Duration minutes(JsonObject body, String field, Duration otherwise) {
        Double minutes = body.getDouble(field);
        return minutes == null ? otherwise : Duration.ofMillis((long) (minutes * 60_000));
    }

    private static Duration seconds(JsonObject body, String field, double otherwise) {
        return Duration.ofMillis((long) (body.getDouble(field, otherwise) * 1000));
    }
}
