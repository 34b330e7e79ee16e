package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes, changes and pings webhooks: of the whole server (a site administrator's personal access
 * token), of organizations ({@code admin:org_hook}, or an App with {@code organization_hooks:
 * write}) and of the App itself.
 *
 * <p>Failures are those of {@link Ghes}. Making a webhook is not idempotent: look first.
 *
 * @see <a
 *     href="https://docs.github.com/enterprise-server/rest/enterprise-admin/global-webhooks">REST:
 *     global webhooks</a>
 */
public final class HookAdmin {
    private static final int PAGES_MAX = 10;

    private final GhesCalls calls;

    public HookAdmin(GhesConnection connection) {
        this.calls = connection.calls();
    }

    /** The webhooks of an owner. */
    public List<Webhook> all(HookOwner owner) {
        if (owner instanceof HookOwner.App) {
            return List.of(ofApp(calls.read(Call.get("", "/app/hook/config").asApp())));
        }
        String pages = path(owner) + "?per_page=100&page=";
        return GhesCalls.pages(
                        PAGES_MAX,
                        "",
                        page -> Optional.of(calls.read(Call.get(login(owner), pages + page))))
                .stream()
                .map(HookAdmin::webhook)
                .toList();
    }

    /**
     * Makes a webhook.
     *
     * @throws GhesRefused if the server takes no webhook of this kind with these events
     */
    public Webhook create(HookOwner owner, HookRequest request) {
        return webhook(calls.read(Call.post(login(owner), path(owner), request.json(true))));
    }

    /** Changes a webhook: it is as requested then, in all that the request says. */
    public Webhook change(HookOwner owner, long id, HookRequest request) {
        return owner instanceof HookOwner.App
                ? ofApp(calls.read(Call.patch("", "/app/hook/config", request.config()).asApp()))
                : webhook(
                        calls.read(
                                Call.patch(
                                        login(owner),
                                        path(owner) + "/" + id,
                                        request.json(false))));
    }

    /** Removes a webhook; that of an App always is. One that is gone is as good as removed. */
    public void remove(HookOwner owner, long id) {
        Answer answer = calls.send(Call.delete(login(owner), path(owner) + "/" + id));
        if (!answer.isSuccess() && answer.status() != 404) {
            throw calls.failure(answer);
        }
    }

    /** Has a ping sent, soon; the App's webhook cannot be pinged. */
    public void ping(HookOwner owner, long id) {
        calls.perform(Call.post(login(owner), path(owner) + "/" + id + "/pings", ""));
    }

    private static String login(HookOwner owner) {
        return owner instanceof HookOwner.Organization(String login) ? login : "";
    }

    private static String path(HookOwner owner) {
        return switch (owner) {
            case HookOwner.Server() -> "/admin/hooks";
            case HookOwner.Organization(String login) -> Call.org(login) + "/hooks";
            case HookOwner.App() ->
                    throw new IllegalArgumentException("an App has one webhook, which always is");
        };
    }

    private static Webhook ofApp(JsonNode config) {
        return webhook(0, config, List.of(), true);
    }

    private static Webhook webhook(JsonNode node) {
        return webhook(
                Json.id(node, "id"),
                node.path("config"),
                Json.list(node.path("events"), JsonNode::asText),
                node.path("active").asBoolean(true));
    }

    private static Webhook webhook(long id, JsonNode config, List<String> events, boolean active) {
        Function<String, String> text = name -> config.path(name).asText("");
        return new Webhook(
                id,
                text.apply("url"),
                text.apply("content_type"),
                text.apply("insecure_ssl").equals("0"),
                Json.text(config, "secret").isPresent(),
                events,
                active);
    }
}
