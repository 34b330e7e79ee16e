package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Runners.Poll;
import dev.jitney.ghes.simulator.Runners.Registration;
import dev.jitney.ghes.simulator.Runners.Turn;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What a simulated runner calls. This is not GitHub's protocol between runner and server, which is
 * not documented, but a small one of our own with the same consequences.
 *
 * <ul>
 *   <li>{@code POST /_runner/session}, the encoded configuration as body: 201 {@code {session}};
 *       401 not a configuration of this server; 404 the registration is gone; 409 it is in use.
 *   <li>{@code GET /_runner/session/{id}/job}, held open: 200 {@code {jobId, name, repository,
 *       durationMillis}} (real time); 204 none yet, ask again; 410 the registration is gone. Asking
 *       again after a 200 repeats it.
 *   <li>{@code POST /_runner/session/{id}/done}: 200 {@code {jobId}}; 409 it has no job; 410 the
 *       registration is gone, as after a job that was cancelled.
 * </ul>
 *
 * <p>A runner that disappears during its job lets it fail ten virtual minutes after it should have
 * ended; its registration then stays behind, offline.
 */
final class RunnerRoutes {

    private static final long BODY_BYTES_MAX = 256 * 1024;

    private final Actions actions;
    private final Timing timing;
    private final GhesSimulatorConfig config;

    RunnerRoutes(Actions actions, Timing timing, GhesSimulatorConfig config) {
        this.actions = actions;
        this.timing = timing;
        this.config = config;
    }

    void mount(Router router) {
        router.post("/_runner/session")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(this::open);
        router.get("/_runner/session/:session/job").handler(this::job);
        router.post("/_runner/session/:session/done").handler(this::done);
    }

    private void open(RoutingContext context) {
        String body = context.body().asString();
        Optional<JitConfig> given = body == null ? Optional.empty() : JitConfig.decode(body);
        if (given.isEmpty()) {
            Answers.error(context, 401, "Not a runner configuration");
            return;
        }
        Optional<Registration> found = actions.runners.find(given.get().runnerId());
        if (found.isEmpty()) {
            Answers.error(context, 404, "The registration is gone");
        } else if (!found.get().key.equals(given.get().key())) {
            Answers.error(context, 401, "Not the key of this registration");
        } else if (found.get().session != null) {
            Answers.error(context, 409, "A session for this runner already exists");
        } else {
            String key = found.get().key + "/" + found.get().runner.id();
            String session =
                    UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
            actions.runners.open(found.get(), session, timing.exactly());
            Answers.json(context, 201, new JsonObject().put("session", session));
        }
    }

    private void job(RoutingContext context) {
        Optional<Registration> found = session(context);
        if (found.isEmpty()) {
            Answers.error(context, 410, "The registration is gone");
            return;
        }
        Registration registration = found.get();
        Poll poll = turn -> answer(context, turn);
        long timer =
                timing.after(
                        config.pollTimeout(),
                        () -> {
                            if (poll.equals(registration.poll))
                                registration.tell(new Turn.Nothing());
                        });
        context.response()
                .endHandler(_ -> timing.cancel(timer))
                .closeHandler(
                        _ -> {
                            // Nobody listens any more: no job may go there.
                            timing.cancel(timer);
                            if (poll.equals(registration.poll)) registration.poll = null;
                        });
        actions.poll(registration, poll);
    }

    private void answer(RoutingContext context, Turn turn) {
        switch (turn) {
            case Turn.Run(Jobs.Job job) ->
                    Answers.json(
                            context,
                            200,
                            new JsonObject()
                                    .put("jobId", job.id)
                                    .put("name", job.order.name())
                                    .put("repository", job.run.repository.fullName())
                                    .put(
                                            "durationMillis",
                                            timing.real(job.order.duration()).toMillis()));
            case Turn.Nothing() -> Answers.empty(context, 204);
            case Turn.Gone() -> Answers.error(context, 410, "The registration is gone");
        }
    }

    private void done(RoutingContext context) {
        Optional<Registration> found = session(context);
        if (found.isEmpty()) {
            Answers.error(context, 410, "The registration is gone");
            return;
        }
        actions.done(found.get())
                .ifPresentOrElse(
                        jobId -> Answers.json(context, 200, new JsonObject().put("jobId", jobId)),
                        () -> Answers.error(context, 409, "This runner has no job"));
    }

    private Optional<Registration> session(RoutingContext context) {
        return actions.runners.inSession(RestActions.parameter(context, "session"));
    }
}
