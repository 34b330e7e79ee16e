package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Hook.Config;
import dev.jitney.ghes.simulator.Organizations.Organization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The webhooks of the server, its organizations and its App. Jobs are told of by one kind of them,
 * and by the first that wants to; the others are there to be managed.
 */
final class RegisteredHooks {
    static final String JOB = "workflow_job";

    private static final long APP_HOOK = 2;

    private final HookKind sending;
    private final Map<Long, Hook> hooks = new LinkedHashMap<>();
    private final Optional<Config> initial;
    private final List<String> seen = new ArrayList<>();
    private long lastId = 10;

    /** With the webhooks that the configuration asks for, and an App without an address. */
    RegisteredHooks(GhesSimulatorConfig config) {
        this.sending = config.hook();
        this.initial =
                config.webhookUrl()
                        .map(
                                url ->
                                        new Config(
                                                url.toString(),
                                                "json",
                                                config.webhookSecret(),
                                                "0"));
        if (sending == HookKind.GLOBAL) {
            initial.ifPresent(each -> put(hook(1, "", HookKind.GLOBAL, each)));
        }
        Config ofApp =
                initial.filter(_ -> sending == HookKind.APP)
                        .orElseGet(() -> new Config("", "form", "", "0"));
        put(hook(APP_HOOK, "", HookKind.APP, ofApp));
    }

    private static Hook hook(long id, String owner, HookKind kind, Config config) {
        return new Hook(id, owner, kind, config, List.of(JOB), true);
    }

    void put(Hook hook) {
        hooks.put(hook.id(), hook);
    }

    void remove(long id) {
        hooks.remove(id);
    }

    long nextId() {
        return ++lastId;
    }

    Hook ofApp() {
        return find(APP_HOOK).orElseThrow();
    }

    List<Hook> global() {
        return hooks.values().stream().filter(each -> each.kind() == HookKind.GLOBAL).toList();
    }

    List<Hook> of(Organization organization) {
        ensure(organization.key(), organization.id());
        return hooks.values().stream()
                .filter(each -> each.kind() == HookKind.ORGANIZATION)
                .filter(each -> each.owner().equals(organization.key()))
                .toList();
    }

    /** The hook that the configuration gives each organization exists from the start. */
    private void ensure(String key, long id) {
        if (sending != HookKind.ORGANIZATION || initial.isEmpty() || seen.contains(key)) return;
        seen.add(key);
        put(hook(id, key, HookKind.ORGANIZATION, initial.get()));
    }

    Optional<Hook> find(long id) {
        return Optional.ofNullable(hooks.get(id));
    }

    /** The hook that tells of a job, if there is one. */
    Optional<Hook> sender(Organization organization) {
        List<Hook> candidates =
                switch (sending) {
                    case GLOBAL -> global();
                    case ORGANIZATION -> of(organization);
                    case APP -> List.of(ofApp());
                };
        return candidates.stream()
                .filter(each -> each.tells(JOB) && !each.config().url().isEmpty())
                .findFirst();
    }
}
