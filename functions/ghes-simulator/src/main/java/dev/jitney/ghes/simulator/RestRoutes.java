package dev.jitney.ghes.simulator;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The REST API below {@code /api/v3}: who may, what fails, where it goes. */
final class RestRoutes {

    /** A route; the path as in GitHub's description, with {@code {name}} for parameters. */
    record Route(HttpMethod method, String path, BiConsumer<Handlers, RoutingContext> handler) {}

    /** Who answers. */
    record Handlers(RestRunners runners, RestActions actions, RestHooks hooks, RestApp app) {}

    private static final int CALLS_REMEMBERED = 20_000;
    private static final long BODY_BYTES_MAX = 1024 * 1024;

    private final GhesSimulatorConfig config;
    private final Dice dice;
    private final Authentication authentication;
    private final Handlers handlers;
    private final Map<String, Integer> attempts =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > CALLS_REMEMBERED;
                }
            };

    RestRoutes(
            GhesSimulatorConfig config,
            Dice dice,
            Authentication authentication,
            Handlers handlers) {
        this.config = config;
        this.dice = dice;
        this.authentication = authentication;
        this.handlers = handlers;
    }

    /** Every route there is; a test holds it against the description of GHES 3.14. */
    static List<Route> all() {
        var all = new ArrayList<Route>();
        String org = "/orgs/{org}/actions";
        String runner = org + "/runners/{runner_id}";
        all.add(
                post(
                        org + "/runners/generate-jitconfig",
                        (to, call) -> to.runners().generate(call)));
        all.add(get(org + "/runners", (to, call) -> to.runners().list(call)));
        all.add(get(runner, (to, call) -> to.runners().get(call)));
        all.add(new Route(HttpMethod.DELETE, runner, (to, call) -> to.runners().delete(call)));
        all.add(get(org + "/runner-groups", (to, call) -> to.runners().groups(call)));
        all.addAll(aboutJobs());
        all.addAll(aboutHooks("/orgs/{org}/hooks"));
        all.addAll(aboutHooks("/admin/hooks"));
        all.addAll(aboutDeliveries("/orgs/{org}/hooks/{hook_id}"));
        all.addAll(aboutDeliveries("/app/hook"));
        all.addAll(aboutTheApp());
        return all;
    }

    private static List<Route> aboutJobs() {
        String repo = "/repos/{owner}/{repo}/actions";
        return List.of(
                get(repo + "/runs", (to, call) -> to.actions().runs(call)),
                get(repo + "/runs/{run_id}/jobs", (to, call) -> to.actions().jobs(call)),
                get(repo + "/jobs/{job_id}", (to, call) -> to.actions().job(call)),
                get("/orgs/{org}/repos", (to, call) -> to.actions().repositories(call)),
                get("/organizations", (to, call) -> to.actions().organizations(call)),
                get("/meta", (to, call) -> to.actions().meta(call)),
                get("/rate_limit", (to, call) -> to.actions().rateLimit(call)));
    }

    private static List<Route> aboutHooks(String path) {
        String hook = path + "/{hook_id}";
        return List.of(
                get(path, (to, call) -> to.hooks().list(call)),
                post(path, (to, call) -> to.hooks().create(call)),
                get(hook, (to, call) -> to.hooks().get(call)),
                new Route(HttpMethod.PATCH, hook, (to, call) -> to.hooks().update(call)),
                new Route(HttpMethod.DELETE, hook, (to, call) -> to.hooks().remove(call)),
                post(hook + "/pings", (to, call) -> to.hooks().ping(call)));
    }

    private static List<Route> aboutDeliveries(String hook) {
        String attempts = hook + "/deliveries/{delivery_id}/attempts";
        return List.of(
                get(hook + "/deliveries", (to, call) -> to.hooks().deliveries(call)),
                post(attempts, (to, call) -> to.hooks().attempt(call)));
    }

    private static List<Route> aboutTheApp() {
        String tokens = "/app/installations/{installation_id}/access_tokens";
        String config = "/app/hook/config";
        return List.of(
                get("/app", (to, call) -> to.app().app(call)),
                get("/app/installations", (to, call) -> to.app().installations(call)),
                post(tokens, (to, call) -> to.app().token(call)),
                get("/orgs/{org}/installation", (to, call) -> to.app().installation(call)),
                get(config, (to, call) -> to.app().hookConfig(call)),
                new Route(HttpMethod.PATCH, config, (to, call) -> to.app().changeHook(call)));
    }

    private static Route get(String path, BiConsumer<Handlers, RoutingContext> handler) {
        return new Route(HttpMethod.GET, path, handler);
    }

    private static Route post(String path, BiConsumer<Handlers, RoutingContext> handler) {
        return new Route(HttpMethod.POST, path, handler);
    }

    void mount(Router router) {
        router.route("/api/v3/*").handler(authentication::check);
        router.route("/api/v3/*")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(this::observe)
                .handler(this::fail);
        for (Route route : all()) {
            router.route(route.method(), "/api/v3" + pattern(route.path()))
                    .handler(context -> answer(route, context));
        }
        router.route("/api/v3/*").handler(Answers::notFound);
    }

    private void answer(Route route, RoutingContext context) {
        try {
            route.handler().accept(handlers, context);
        } catch (DecodeException | ClassCastException notWhatIsExpected) {
            Answers.error(context, 400, "Problems parsing JSON");
        }
    }

    /** Vert.x writes a parameter with a colon. */
    private static String pattern(String path) {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    private void observe(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.endsWith("/generate-jitconfig") && path.startsWith("/api/v3/orgs/")) {
            String organization = path.substring("/api/v3/orgs/".length());
            config.observer()
                    .jitRequested(
                            Organizations.Organization.key(
                                    organization.substring(0, organization.indexOf('/'))),
                            runnerName(context));
        }
        context.next();
    }

    private void fail(RoutingContext context) {
        String call = context.request().method() + " " + context.request().uri();
        int attempt = attempts.merge(call + " " + runnerName(context), 1, Integer::sum);
        GhesFaults faults = config.faults();
        String question = call + " " + runnerName(context);
        if (dice.happens(faults.serverError(), "503 " + question, attempt)) {
            Answers.error(context, 503, "Service unavailable");
        } else if (dice.happens(faults.tooManyRequests(), "429 " + question, attempt)) {
            context.response().putHeader("Retry-After", "1");
            Answers.error(context, 429, "You have exceeded a secondary rate limit.");
        } else {
            if (dice.happens(faults.timeoutAfterEffect(), "timeout " + question, attempt)) {
                Answers.withhold(context);
            }
            context.next();
        }
    }

    /** The name in a request for a configuration; empty in every other request. */
    private static String runnerName(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            return body == null ? "" : String.valueOf(body.getValue("name", ""));
        } catch (DecodeException | ClassCastException notAnObject) {
            return "";
        }
    }
}
