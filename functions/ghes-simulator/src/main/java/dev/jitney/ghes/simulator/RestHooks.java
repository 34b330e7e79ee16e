package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Hooks of the server and of organizations; deliveries of all hooks but those of the server. */
final class RestHooks {
    private static final List<String> GLOBAL_EVENTS = List.of("user", "organization");

    private final GhesSite site;
    private final Organizations organizations;
    private final RegisteredHooks hooks;
    private final DeliveryLog log;
    private final Webhooks webhooks;
    private final Urls urls;

    RestHooks(
            GhesSite site,
            Organizations organizations,
            RegisteredHooks hooks,
            DeliveryLog log,
            Webhooks webhooks,
            Urls urls) {
        this.site = site;
        this.organizations = organizations;
        this.hooks = hooks;
        this.log = log;
        this.webhooks = webhooks;
        this.urls = urls;
    }

    void list(RoutingContext context) {
        if (isGlobal(context)) {
            answer(context, hooks.global());
            return;
        }
        organization(context)
                .ifPresentOrElse(
                        each -> answer(context, hooks.of(each)), () -> Answers.notFound(context));
    }

    private void answer(RoutingContext context, List<Hook> found) {
        Page page = Page.of(context);
        var answer = new JsonArray();
        page.of(found).forEach(each -> answer.add(json(each)));
        page.link(context, found.size());
        Answers.json(context, 200, answer);
    }

    void create(RoutingContext context) {
        boolean isGlobal = isGlobal(context);
        Optional<Organization> organization = organization(context);
        if (!isGlobal && organization.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        var hook =
                new Hook(
                        hooks.nextId(),
                        organization.map(Organization::key).orElse(""),
                        isGlobal ? HookKind.GLOBAL : HookKind.ORGANIZATION,
                        new Hook.Config("", "", "", ""),
                        List.of(),
                        true);
        store(context, whole(hook, RestActions.body(context)), 201);
    }

    void get(RoutingContext context) {
        hook(context)
                .ifPresentOrElse(
                        each -> Answers.json(context, 200, json(each)),
                        () -> Answers.notFound(context));
    }

    void update(RoutingContext context) {
        Optional<Hook> found = hook(context);
        if (found.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        JsonObject body = RestActions.body(context);
        Hook old = found.get();
        Hook next = old.kind() == HookKind.GLOBAL ? whole(old, body) : partly(old, body);
        store(context, next, 200);
    }

    /** What is not given goes back to its default: so it is with hooks of the server. */
    private static Hook whole(Hook hook, JsonObject given) {
        List<String> defaults = hook.kind() == HookKind.GLOBAL ? GLOBAL_EVENTS : List.of("push");
        return new Hook(
                hook.id(),
                hook.owner(),
                hook.kind(),
                Hook.Config.of(given.getJsonObject("config", new JsonObject())),
                events(given, defaults),
                given.getBoolean("active", true));
    }

    /** What is not given stays, but a configuration is given as a whole, with its secret. */
    private static Hook partly(Hook hook, JsonObject given) {
        JsonObject config = given.getJsonObject("config");
        return new Hook(
                hook.id(),
                hook.owner(),
                hook.kind(),
                config == null ? hook.config() : Hook.Config.of(config),
                events(given, hook.events()),
                given.getBoolean("active", hook.active()));
    }

    private static List<String> events(JsonObject given, List<String> otherwise) {
        JsonArray events = given.getJsonArray("events");
        return events == null ? otherwise : events.stream().map(String.class::cast).toList();
    }

    private void store(RoutingContext context, Hook hook, int status) {
        if (hook.config().url().isEmpty()) {
            Answers.invalidHook(context, "url", "url can't be blank");
        } else if (hook.kind() == HookKind.GLOBAL
                && !site.globalJobs()
                && hook.events().contains(RegisteredHooks.JOB)) {
            Answers.invalidHook(context, "events", "workflow_job is not included");
        } else {
            hooks.put(hook);
            Answers.json(context, status, json(hook));
        }
    }

    void remove(RoutingContext context) {
        Optional<Hook> hook = hook(context);
        if (hook.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        hooks.remove(hook.get().id());
        Answers.empty(context, 204);
    }

    void ping(RoutingContext context) {
        Optional<Hook> hook = hook(context);
        if (hook.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        webhooks.ping(hook.get());
        Answers.empty(context, 204);
    }

    void deliveries(RoutingContext context) {
        Optional<Hook> hook = listed(context);
        if (hook.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        int size = Page.of(context).size();
        String cursor = context.request().getParam("cursor");
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        List<DeliveryLog.Entry> found = log.before(before, hook.get().id(), size + 1);
        List<DeliveryLog.Entry> shown = found.subList(0, Math.min(size, found.size()));
        if (found.size() > size) {
            String address = context.request().absoluteURI().replaceFirst("\\?.*", "");
            String next = "?per_page=" + size + "&cursor=" + shown.getLast().id();
            context.response().putHeader("Link", "<" + address + next + ">; rel=\"next\"");
        }
        var answer = new JsonArray();
        shown.forEach(each -> answer.add(item(each, hook.get())));
        Answers.json(context, 200, answer);
    }

    void attempt(RoutingContext context) {
        Optional<DeliveryLog.Entry> entry =
                listed(context)
                        .flatMap(
                                hook ->
                                        RestActions.id(context, "delivery_id")
                                                .flatMap(log::find)
                                                .filter(
                                                        each ->
                                                                each.delivery().hookId()
                                                                        == hook.id()));
        if (entry.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        webhooks.again(entry.get().delivery());
        Answers.json(context, 202, new JsonObject());
    }

    /** The hook whose deliveries are asked for: of an organization, or that of the App. */
    private Optional<Hook> listed(RoutingContext context) {
        return context.pathParam("org") == null
                ? Optional.of(hooks.ofApp()).filter(each -> !each.config().url().isEmpty())
                : hook(context);
    }

    private Optional<Hook> hook(RoutingContext context) {
        Optional<Long> id = RestActions.id(context, "hook_id");
        List<Hook> candidates =
                isGlobal(context)
                        ? hooks.global()
                        : organization(context).map(hooks::of).orElse(List.of());
        return candidates.stream()
                .filter(each -> id.filter(given -> given == each.id()).isPresent())
                .findFirst();
    }

    private static boolean isGlobal(RoutingContext context) {
        return context.normalizedPath().startsWith("/api/v3/admin/");
    }

    private Optional<Organization> organization(RoutingContext context) {
        return organizations.find(RestActions.parameter(context, "org"));
    }

    private JsonObject json(Hook hook) {
        String owner = hook.kind() == HookKind.GLOBAL ? "/admin" : "/orgs/" + hook.owner();
        return hook.json(urls.api() + owner + "/hooks/" + hook.id());
    }

    private static JsonObject item(DeliveryLog.Entry entry, Hook hook) {
        Delivery delivery = entry.delivery();
        return new JsonObject()
                .put("id", entry.id())
                .put("guid", delivery.guid())
                .put("delivered_at", entry.at().toString())
                .put("redelivery", entry.redelivery())
                .put("duration", 0.03)
                .put("status", entry.arrived() ? "OK" : "failed to connect to host")
                .put("status_code", entry.status())
                .put("event", delivery.event())
                .put("action", delivery.action().isEmpty() ? null : delivery.action())
                .put("installation_id", hook.kind() == HookKind.APP ? 1 : null)
                .put("repository_id", delivery.jobId() == 0 ? null : delivery.repositoryId());
    }
}
