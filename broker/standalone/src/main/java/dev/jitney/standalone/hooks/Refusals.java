package dev.jitney.standalone.hooks;

import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRequest;
import dev.jitney.standalone.doctor.Finding;

/** Why a server does not do what it was asked for, and what can be done. */
final class Refusals {
    private Refusals() {}

    static Finding explained(HookOwner owner, HookRequest wanted, GhesException failed) {
        String what = owner + ": " + failed.getMessage();
        if (!(failed instanceof GhesRefused refused)) {
            return Finding.fail(what, "try again");
        }
        return switch (refused.status()) {
            case 422, 400 -> Finding.fail(what, byHand(owner, wanted));
            case 401, 403, 404 -> Finding.fail(what, rights(owner));
            default -> Finding.fail(what, "see what the server says");
        };
    }

    static String rights(HookOwner owner) {
        return switch (owner) {
            case HookOwner.Server() ->
                    "global webhooks need a personal access token of a site administrator; an"
                            + " App cannot make them. Or use --scope organization or app";
            case HookOwner.Organization _ ->
                    "this needs a token with scope admin:org_hook of an owner of the"
                            + " organization, or an App with organization_hooks: write";
            case HookOwner.App() ->
                    "this needs app-id and private-key of the GitHub App: --ghes-credentials";
        };
    }

    static String byHand(HookOwner owner, HookRequest wanted) {
        String where =
                switch (owner) {
                    case HookOwner.Server() ->
                            "Enterprise settings, Hooks, Add webhook (or use --scope"
                                    + " organization)";
                    case HookOwner.Organization _ -> "the organization's Settings, Webhooks";
                    case HookOwner.App() -> "the App's settings";
                };
        return "set it up in the web interface: "
                + where
                + "; URL "
                + wanted.url()
                + ", content type application/json, the secret, 'Let me select individual"
                + " events', and tick Workflow jobs";
    }
}
