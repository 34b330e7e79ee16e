package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The GitHub App, its installations, their tokens, and its webhook. */
final class RestApp {
    private static final String MADE = "2026-01-01T00:00:00Z";

    private final GhesSite site;
    private final Organizations organizations;
    private final RegisteredHooks hooks;
    private final Bodies bodies;
    private final Urls urls;
    private final InstantSource clock;
    private final Map<String, Issued> tokens = new HashMap<>();

    /** An installation token: for whom, and until when. */
    private record Issued(String organization, Instant expires) {}

    RestApp(
            GhesSite site,
            Organizations organizations,
            RegisteredHooks hooks,
            Bodies bodies,
            Urls urls,
            InstantSource clock) {
        this.site = site;
        this.organizations = organizations;
        this.hooks = hooks;
        this.bodies = bodies;
        this.urls = urls;
        this.clock = clock;
    }

    /** Whose installation a token is of, if it is good. */
    Optional<String> organizationOf(String token, Instant now) {
        return Optional.ofNullable(tokens.get(token))
                .filter(issued -> now.isBefore(issued.expires()))
                .map(Issued::organization);
    }

    /** Forgets all tokens, as if somebody had revoked them. */
    void revokeTokens() {
        tokens.clear();
    }

    void app(RoutingContext context) {
        Optional<GhesSite.App> app = site.app();
        if (app.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        Answers.json(
                context,
                200,
                new JsonObject()
                        .put("id", app.get().id())
                        .put("slug", "jitney")
                        .put("node_id", "A_jitney")
                        .put("owner", bodies.sender())
                        .put("name", "Jitney")
                        .putNull("description")
                        .put("external_url", "https://jitney.dev")
                        .put("html_url", urls.html() + "/github-apps/jitney")
                        .put("created_at", MADE)
                        .put("updated_at", MADE)
                        .put("permissions", permissions(app.get()))
                        .put("events", new JsonArray(app.get().events()))
                        .put("installations_count", installed(app.get()).size()));
    }

    void installations(RoutingContext context) {
        Optional<GhesSite.App> app = site.app();
        List<Organization> installed = app.map(this::installed).orElse(List.of());
        Page page = Page.of(context);
        var found = new JsonArray();
        page.of(installed).forEach(each -> found.add(installation(app.orElseThrow(), each)));
        page.link(context, installed.size());
        Answers.json(context, 200, found);
    }

    void installation(RoutingContext context) {
        Optional<Organization> organization =
                organizations
                        .find(RestActions.parameter(context, "org"))
                        .filter(each -> site.app().map(app -> isIn(app, each)).orElse(false));
        if (organization.isEmpty()) Answers.notFound(context);
        else {
            Answers.json(context, 200, installation(site.app().orElseThrow(), organization.get()));
        }
    }

    void token(RoutingContext context) {
        Optional<Organization> organization =
                site.app()
                        .flatMap(
                                app ->
                                        RestActions.id(context, "installation_id")
                                                .flatMap(id -> installed(app, id)));
        if (organization.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        GhesSite.App app = site.app().orElseThrow();
        Instant expires = clock.instant().plus(site.clockAhead()).plus(app.tokenLife());
        String token = "ghs_" + organization.get().key() + (tokens.size() + 1);
        tokens.put(token, new Issued(organization.get().key(), expires));
        Answers.json(
                context,
                201,
                new JsonObject()
                        .put("token", token)
                        .put("expires_at", expires.toString())
                        .put("permissions", permissions(app))
                        .put("repository_selection", "all"));
    }

    void hookConfig(RoutingContext context) {
        Answers.json(context, 200, hooks.ofApp().config().json());
    }

    void changeHook(RoutingContext context) {
        Hook hook = hooks.ofApp();
        hooks.put(hook.with(hook.config().with(RestActions.body(context))));
        hookConfig(context);
    }

    private List<Organization> installed(GhesSite.App app) {
        return organizations.all().stream().filter(each -> isIn(app, each)).toList();
    }

    private Optional<Organization> installed(GhesSite.App app, long installation) {
        return installed(app).stream().filter(each -> id(each) == installation).findFirst();
    }

    private static boolean isIn(GhesSite.App app, Organization organization) {
        return !app.notInstalled().contains(organization.key());
    }

    private static long id(Organization organization) {
        return organization.id() + 500_000;
    }

    private static JsonObject permissions(GhesSite.App app) {
        var permissions = new JsonObject();
        app.permissions().forEach(permissions::put);
        return permissions;
    }

    private JsonObject installation(GhesSite.App app, Organization organization) {
        String url = urls.api() + "/app/installations/" + id(organization);
        return new JsonObject()
                .put("id", id(organization))
                .put("account", bodies.owner(organization))
                .put("repository_selection", "all")
                .put("access_tokens_url", url + "/access_tokens")
                .put("repositories_url", urls.api() + "/installation/repositories")
                .put("html_url", urls.html() + "/settings/installations/" + id(organization))
                .put("app_id", app.id())
                .put("app_slug", "jitney")
                .put("target_id", organization.id())
                .put("target_type", "Organization")
                .put("permissions", permissions(app))
                .put("events", new JsonArray(app.events()))
                .put("created_at", MADE)
                .put("updated_at", MADE)
                .putNull("single_file_name")
                .putNull("suspended_by")
                .putNull("suspended_at");
    }
}
