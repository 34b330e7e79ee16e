package dev.jitney.ghes.simulator;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The REST API below {@code /api/v3}: who may, what fails, where it goes. */
final class RestRoutes {

    /** A route; the path as in GitHub's description, with {@code {name}} for parameters. */
    record Route(HttpMethod method, String path) {}

    private static final int CALLS_REMEMBERED = 20_000;
    private static final long BODY_BYTES_MAX = 1024 * 1024;

    private static final Pattern JWT = Pattern.compile("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final GhesSimulatorConfig config;
    private final Dice dice;
    private final Map<String, Integer> attempts =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > CALLS_REMEMBERED;
                }
            };

    RestRoutes(GhesSimulatorConfig config, Dice dice) {
        this.config = config;
        this.dice = dice;
    }

    /** Every route there is; a test holds it against the description of GHES 3.14. */
    static List<Route> all() {
        String org = "/orgs/{org}/actions";
        String repo = "/repos/{owner}/{repo}/actions";
        return List.of(
                new Route(HttpMethod.POST, org + "/runners/generate-jitconfig"),
                new Route(HttpMethod.GET, org + "/runners"),
                new Route(HttpMethod.GET, org + "/runners/{runner_id}"),
                new Route(HttpMethod.DELETE, org + "/runners/{runner_id}"),
                new Route(HttpMethod.GET, org + "/runner-groups"),
                new Route(HttpMethod.GET, "/orgs/{org}/repos"),
                new Route(HttpMethod.GET, "/orgs/{org}/hooks"),
                new Route(HttpMethod.GET, "/orgs/{org}/hooks/{hook_id}/deliveries"),
                new Route(
                        HttpMethod.POST,
                        "/orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts"),
                new Route(HttpMethod.GET, "/app/hook/deliveries"),
                new Route(HttpMethod.POST, "/app/hook/deliveries/{delivery_id}/attempts"),
                new Route(HttpMethod.GET, repo + "/runs"),
                new Route(HttpMethod.GET, repo + "/runs/{run_id}/jobs"),
                new Route(HttpMethod.GET, repo + "/jobs/{job_id}"),
                new Route(HttpMethod.GET, "/organizations"),
                new Route(HttpMethod.GET, "/meta"),
                new Route(HttpMethod.GET, "/rate_limit"));
    }

    void mount(Router router, RestRunners runners, RestActions actions, RestHooks hooks) {
        router.route("/api/v3/*").handler(this::authenticate);
        router.route("/api/v3/*")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
                .handler(this::observe)
                .handler(this::fail);
        for (Route route : all()) {
            router.route(route.method(), "/api/v3" + pattern(route.path()))
                    .handler(context -> dispatch(route, context, runners, actions, hooks));
        }
        router.route("/api/v3/*").handler(Answers::notFound);
    }

    private static void dispatch(
            Route route,
            RoutingContext context,
            RestRunners runners,
            RestActions actions,
            RestHooks hooks) {
        String last = route.path().substring(route.path().lastIndexOf('/') + 1);
        switch (last) {
            case "generate-jitconfig" -> runners.generate(context);
            case "runners" -> runners.list(context);
            case "{runner_id}" -> {
                if (route.method().equals(HttpMethod.DELETE)) runners.delete(context);
                else runners.get(context);
            }
            case "runner-groups" -> runners.groups(context);
            case "hooks" -> hooks.hooks(context);
            case "deliveries" -> hooks.deliveries(context);
            case "attempts" -> hooks.attempt(context);
            case "repos" -> actions.repositories(context);
            case "runs" -> actions.runs(context);
            case "jobs" -> actions.jobs(context);
            case "{job_id}" -> actions.job(context);
            case "organizations" -> actions.organizations(context);
            case "meta" -> actions.meta(context);
            case "rate_limit" -> actions.rateLimit(context);
            default -> throw new IllegalStateException("no handler for " + route);
        }
    }

    /** Vert.x writes a parameter with a colon. */
    private static String pattern(String path) {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    private void authenticate(RoutingContext context) {
        String given = context.request().getHeader("Authorization");
        if (context.normalizedPath().startsWith("/api/v3/app/")) {
            // About itself an App is asked by its own web token, which nobody else can have.
            boolean isJwt = given != null && JWT.matcher(given).matches();
            if (isJwt) context.next();
            else Answers.error(context, 401, "A JSON web token could not be decoded");
            return;
        }
        boolean known =
                ("Bearer " + config.token()).equals(given)
                        || ("token " + config.token()).equals(given);
        if (known) context.next();
        else Answers.error(context, 401, "Bad credentials");
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
