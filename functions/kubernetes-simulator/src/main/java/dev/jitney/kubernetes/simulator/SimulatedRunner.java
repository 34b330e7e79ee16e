package dev.jitney.kubernetes.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a runner pod: opens a session with its just-in-time configuration, waits for one
 * job, works for as long as the job takes, reports it done and exits. Like GitHub's runner it exits
 * with 0 also when its registration is unknown, and tries for ever while the server is in trouble.
 */
final class SimulatedRunner {
    private static final long RETRY_MILLIS = 500;
    private static final long POLL_AGAIN_MILLIS = 10;

    private final Vertx vertx;
    private final HttpClient client;
    private final String ghesUrl;
    private final IntConsumer exited;
    private @Nullable HttpClientRequest pending;
    private long timer = -1;
    private boolean stopped;

    private record Answer(int status, Buffer body) {}

    /**
     * @param exited is told the exit code once, unless the runner is stopped before
     */
    SimulatedRunner(Vertx vertx, HttpClient client, String ghesUrl, IntConsumer exited) {
        this.vertx = vertx;
        this.client = client;
        this.ghesUrl = ghesUrl;
        this.exited = exited;
    }

    void start(String jitConfig) {
        call(HttpMethod.POST, "/_runner/session", jitConfig, answer -> opened(jitConfig, answer));
    }

    /** Kills the runner: nobody tells the server, whose session is left behind. */
    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        if (pending != null) {
            pending.reset();
        }
    }

    private void opened(String jitConfig, Answer answer) {
        if (answer.status() == 201) {
            poll("/_runner/session/" + new JsonObject(answer.body()).getString("session"));
        } else if (isTrouble(answer)) {
            later(RETRY_MILLIS, () -> start(jitConfig));
        } else {
            exit();
        }
    }

    private void poll(String session) {
        call(HttpMethod.GET, session + "/job", "", answer -> polled(session, answer));
    }

    private void polled(String session, Answer answer) {
        if (answer.status() == 200) {
            long millis = new JsonObject(answer.body()).getLong("durationMillis");
            later(Math.max(1, millis), () -> done(session));
        } else if (answer.status() == 204) {
            later(POLL_AGAIN_MILLIS, () -> poll(session));
        } else if (isTrouble(answer)) {
            later(RETRY_MILLIS, () -> poll(session));
        } else {
            exit();
        }
    }

    private void done(String session) {
        call(
                HttpMethod.POST,
                session + "/done",
                "",
                answer -> {
                    if (isTrouble(answer)) {
                        later(RETRY_MILLIS, () -> done(session));
                    } else {
                        exit();
                    }
                });
    }

    private void exit() {
        stopped = true;
        exited.accept(0);
    }

    /** No connection counts as 503: the runner cannot tell the difference either. */
    private static boolean isTrouble(Answer answer) {
        return answer.status() >= 500 || answer.status() == 429;
    }

    private void later(long millis, Runnable step) {
        timer = vertx.setTimer(millis, id -> step.run());
    }

    private void call(HttpMethod method, String path, String body, Consumer<Answer> then) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(method)
                        .setAbsoluteURI(ghesUrl + path)
                        .putHeader("content-type", "text/plain");
        client.request(options)
                .compose(request -> send(request, body))
                .otherwise(new Answer(503, Buffer.buffer()))
                .onSuccess(
                        answer -> {
                            pending = null;
                            if (!stopped) {
                                then.accept(answer);
                            }
                        });
    }

    private Future<Answer> send(HttpClientRequest request, String body) {
        if (stopped) {
            request.reset();
            return Future.failedFuture("stopped");
        }
        pending = request;
        return request.send(body)
                .compose(
                        response ->
                                response.body().map(it -> new Answer(response.statusCode(), it)));
    }
}
