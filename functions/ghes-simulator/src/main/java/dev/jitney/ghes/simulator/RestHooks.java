package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Hooks, their deliveries, and one more attempt. What a kind of hook has not is not found. */
final class RestHooks {
    private static final String WHOLE = "";

    private final Organizations organizations;
    private final DeliveryLog log;
    private final Webhooks webhooks;
    private final Urls urls;

    RestHooks(Organizations organizations, DeliveryLog log, Webhooks webhooks, Urls urls) {
        this.organizations = organizations;
        this.log = log;
        this.webhooks = webhooks;
        this.urls = urls;
    }

    void hooks(RoutingContext context) {
        Optional<Organization> found = organizations.find(String.valueOf(context.pathParam("org")));
        if (found.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        var hooks = new JsonArray();
        if (log.kind() == HookKind.ORGANIZATION) hooks.add(hook(found.get()));
        Answers.json(context, 200, hooks);
    }

    void deliveries(RoutingContext context) {
        Optional<String> owner = owner(context);
        if (owner.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        int size = Page.of(context).size();
        String cursor = context.request().getParam("cursor");
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        List<DeliveryLog.Entry> found = log.before(before, owner.get(), size + 1);
        List<DeliveryLog.Entry> shown = found.subList(0, Math.min(size, found.size()));
        if (found.size() > size) {
            String address = context.request().absoluteURI().replaceFirst("\\?.*", "");
            String next = "?per_page=" + size + "&cursor=" + shown.getLast().id();
            context.response().putHeader("Link", "<" + address + next + ">; rel=\"next\"");
        }
        var answer = new JsonArray();
        shown.forEach(each -> answer.add(item(each)));
        Answers.json(context, 200, answer);
    }

    void attempt(RoutingContext context) {
        Optional<DeliveryLog.Entry> entry =
                owner(context)
                        .flatMap(
                                owner ->
                                        RestActions.id(context, "delivery_id")
                                                .flatMap(log::find)
                                                .filter(each -> isOf(owner, each)));
        if (entry.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        webhooks.again(entry.get().delivery());
        Answers.json(context, 202, new JsonObject());
    }

    private static boolean isOf(String owner, DeliveryLog.Entry entry) {
        return owner.equals(WHOLE) || entry.delivery().organization().equals(owner);
    }

    /** Whose deliveries are asked for; empty if there is no such hook. */
    private Optional<String> owner(RoutingContext context) {
        String login = context.pathParam("org");
        if (login == null) {
            return log.kind() == HookKind.APP ? Optional.of(WHOLE) : Optional.empty();
        }
        if (log.kind() != HookKind.ORGANIZATION) return Optional.empty();
        return organizations
                .find(login)
                .filter(each -> RestActions.id(context, "hook_id").orElse(0L) == each.id())
                .map(Organization::key);
    }

    private JsonObject hook(Organization organization) {
        String url = urls.api() + "/orgs/" + organization.login() + "/hooks/" + organization.id();
        return new JsonObject()
                .put("type", "Organization")
                .put("id", organization.id())
                .put("name", "web")
                .put("active", true)
                .put("events", JsonArray.of("workflow_job"))
                .put(
                        "config",
                        new JsonObject().put("content_type", "json").put("insecure_ssl", "0"))
                .put("url", url)
                .put("ping_url", url + "/pings")
                .put("deliveries_url", url + "/deliveries")
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
    }

    private JsonObject item(DeliveryLog.Entry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("guid", entry.delivery().guid())
                .put("delivered_at", entry.at().toString())
                .put("redelivery", entry.redelivery())
                .put("duration", 0.03)
                .put("status", entry.arrived() ? "OK" : "failed to connect to host")
                .put("status_code", entry.status())
                .put("event", "workflow_job")
                .put("action", entry.delivery().action())
                .put("installation_id", log.kind() == HookKind.APP ? 1 : null)
                .put("repository_id", entry.delivery().repositoryId());
    }
}
