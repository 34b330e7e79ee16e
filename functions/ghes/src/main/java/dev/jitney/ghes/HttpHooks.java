package dev.jitney.ghes;

import java.util.List;
import java.util.function.Function;

/** {@link Hooks} over the REST API. */
public final class HttpHooks implements Hooks {
    private final GhesCalls calls;

    public HttpHooks(GhesConnection connection) {
        this.calls = connection.calls();
    }

    @Override
    public List<String> organizations() {
        return calls.organizations();
    }

    @Override
    public List<HookRef> ofOrganization(String organization) {
        String path = Call.org(organization) + "/hooks?per_page=100";
        return calls.find(Call.get(organization, path)).stream()
                .flatMap(page -> Json.list(page, Function.identity()).stream())
                .filter(hook -> hook.path("active").asBoolean(true) && Json.tellsOfJobs(hook))
                .<HookRef>map(hook -> new HookRef.OfOrganization(organization, Json.id(hook, "id")))
                .toList();
    }

    @Override
    public Page deliveries(HookRef hook, String cursor) {
        String from = cursor.isEmpty() ? "" : "&cursor=" + Call.query(cursor);
        Answer answer =
                calls.send(
                        asOwner(hook, Call.get(login(hook), path(hook, "?per_page=100" + from))));
        return new Page(Json.list(calls.json(answer), Json::delivery), answer.next("cursor"));
    }

    @Override
    public void redeliver(HookRef hook, long delivery) {
        calls.perform(
                asOwner(
                        hook,
                        Call.post(login(hook), path(hook, "/" + delivery + "/attempts"), "")));
    }

    private static Call asOwner(HookRef hook, Call call) {
        return hook instanceof HookRef.OfApp ? call.asApp() : call;
    }

    private static String login(HookRef hook) {
        return switch (hook) {
            case HookRef.OfApp() -> "";
            case HookRef.OfOrganization(String login, _) -> login;
        };
    }

    private static String path(HookRef hook, String rest) {
        return switch (hook) {
            case HookRef.OfApp() -> "/app/hook/deliveries" + rest;
            case HookRef.OfOrganization(String login, long id) ->
                    Call.org(login) + "/hooks/" + id + "/deliveries" + rest;
        };
    }
}
