package dev.jitney.standalone.hooks;

import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.Webhook;
import dev.jitney.standalone.doctor.Finding;
import java.util.List;
import java.util.Optional;

/** Removes webhooks to one address, and no others. */
public final class HookRemoval {
    private final HookAdmin admin;
    private final String url;
    private final boolean checkOnly;

    /**
     * @param url that they post to
     * @param checkOnly removes nothing
     */
    public HookRemoval(HookAdmin admin, String url, boolean checkOnly) {
        this.admin = admin;
        this.url = url;
        this.checkOnly = checkOnly;
    }

    /** Sees to the webhooks of one owner, and says what was done; a repetition finds none. */
    public Finding remove(HookOwner owner) {
        if (owner instanceof HookOwner.App) {
            return Finding.warn(
                    "the webhook of an App cannot be removed",
                    "take the tick from Active in the App's settings, or delete the App");
        }
        try {
            List<Webhook> all = admin.all(owner);
            Optional<Webhook> ours = Difference.ours(all, owner, url);
            if (ours.isEmpty()) {
                return Finding.ok(owner + ": has no webhook to " + url);
            }
            String name = owner + ": webhook " + ours.get().id();
            if (checkOnly) {
                return Finding.warn(name + " would be removed", "run it without --check");
            }
            admin.remove(owner, ours.get().id());
            return Finding.ok(name + " removed");
        } catch (GhesException failed) {
            return Finding.fail(owner + ": " + failed.getMessage(), Refusals.rights(owner));
        }
    }
}
