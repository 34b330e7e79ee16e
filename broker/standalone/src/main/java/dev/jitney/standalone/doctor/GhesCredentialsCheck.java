package dev.jitney.standalone.doctor;

import dev.jitney.ghes.HookRequest;
import dev.jitney.ghes.Inspection;
import dev.jitney.ghes.TokenFacts;
import dev.jitney.standalone.hooks.HookScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What the token or the App may do, and for how long. */
public final class GhesCredentialsCheck implements Check {
    /** Time to make a new token in: two weeks. */
    public static final Duration EXPIRES_SOON = Duration.ofDays(14);

    private static final String ORG_HOOK = "admin:org_hook";

    private final Inspection ghes;
    private final boolean isApp;
    private final HookScope hooks;

    /**
     * @param isApp whether the credentials are those of a GitHub App
     * @param hooks which webhooks tell of jobs: deliveries of organizations' hooks take a right of
     *     their own, and the events of an App's hook are set in the App
     */
    public GhesCredentialsCheck(Inspection ghes, boolean isApp, HookScope hooks) {
        this.ghes = ghes;
        this.isApp = isApp;
        this.hooks = hooks;
    }

    @Override
    public String topic() {
        return "credentials";
    }

    @Override
    public List<Finding> look() {
        return isApp ? ofApp(ghes.app(), hooks) : ofToken(ghes.token(), ghes.now(), hooks);
    }

    static List<Finding> ofToken(TokenFacts token, Instant now, HookScope hooks) {
        List<Finding> findings = new ArrayList<>();
        if (token.scopes().isEmpty()) {
            findings.add(
                    Finding.warn(
                            "the server does not say what the token may do",
                            "use a classic token, or a GitHub App"));
        } else {
            Set<String> has = Set.copyOf(token.scopes().get());
            findings.add(scope(has, "admin:org", "makes and removes runners"));
            findings.add(scope(has, "repo", "reads jobs of private repositories"));
            if (hooks == HookScope.ORGANIZATION) {
                findings.add(scope(has, ORG_HOOK, "reads the deliveries of organizations' hooks"));
            }
        }
        findings.add(expiry(token, now));
        return findings;
    }

    private static Finding scope(Set<String> has, String scope, String what) {
        return has.contains(scope)
                ? Finding.ok("token has scope " + scope)
                : Finding.fail(
                        "token lacks scope " + scope + ", which " + what,
                        "edit the token on GHES (Settings, Developer settings) and tick " + scope);
    }

    private static Finding expiry(TokenFacts token, Instant now) {
        if (token.expires().isEmpty()) {
            return Finding.ok("token does not expire, as far as the server says");
        }
        Duration left = Duration.between(now, token.expires().get());
        String what = "token expires in " + left.toDays() + " days, on " + token.expires().get();
        return left.compareTo(EXPIRES_SOON) < 0
                ? Finding.warn(what, "make a new one and replace the Secret: docs/ghes.md")
                : Finding.ok(what);
    }

    static List<Finding> ofApp(Inspection.App app, HookScope hooks) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, String> asks = app.permissions();
        findings.add(permission(asks, "organization_self_hosted_runners", "write"));
        findings.add(permission(asks, "actions", "read"));
        findings.add(permission(asks, "metadata", "read"));
        if (hooks == HookScope.ORGANIZATION) {
            findings.add(permission(asks, "organization_hooks", "read"));
        }
        if (hooks == HookScope.APP) {
            findings.add(events(app.events()));
        }
        findings.add(Finding.ok("the key of an App does not expire"));
        return findings;
    }

    private static Finding events(List<String> told) {
        return told.contains(HookRequest.EVENT)
                ? Finding.ok("App is told of " + HookRequest.EVENT)
                : Finding.fail(
                        "App is not told of " + HookRequest.EVENT,
                        "tick Workflow job in the App's settings (Permissions & events)");
    }

    private static Finding permission(Map<String, String> asks, String name, String level) {
        return allows(asks, name, level)
                ? Finding.ok("App asks for " + name + ": " + level)
                : Finding.fail(
                        "App does not ask for " + name + ": " + level,
                        "add it in the App's settings (Permissions & events); owners of organizations"
                                + " then have to accept it");
    }

    /** Whether permissions hold one at least at a level. */
    static boolean allows(Map<String, String> permissions, String name, String level) {
        String given = permissions.getOrDefault(name, "");
        return given.equals(level) || given.equals("write") || given.equals("admin");
    }
}
