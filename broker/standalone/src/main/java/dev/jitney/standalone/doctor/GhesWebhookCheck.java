package dev.jitney.standalone.doctor;

import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.Webhook;
import dev.jitney.standalone.hooks.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether GHES tells us of jobs: the webhook of the server, of the App, or of organizations. */
public final class GhesWebhookCheck implements Check {
    private static final String TODO = "run ./jitney webhook install";

    private final HookAdmin admin;
    private final List<HookOwner> owners;
    private final String url;

    /**
     * @param owners whose webhooks there should be
     * @param url that they should post to
     */
    public GhesWebhookCheck(HookAdmin admin, List<HookOwner> owners, String url) {
        this.admin = admin;
        this.owners = List.copyOf(owners);
        this.url = url;
    }

    @Override
    public String topic() {
        return "webhook";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (HookOwner owner : owners) {
            try {
                findings.addAll(judge(admin.all(owner), owner, url));
            } catch (GhesRefused refused) {
                findings.add(unseen(owner, refused));
            }
        }
        return findings;
    }

    private static Finding unseen(HookOwner owner, GhesRefused refused) {
        return owner instanceof HookOwner.Server
                ? Finding.warn(
                        "a global webhook cannot be seen with these credentials: "
                                + refused.getMessage(),
                        "look at Enterprise settings, Hooks, or give the token of a site"
                                + " administrator; or name another --hook")
                : Finding.fail(owner + ": cannot be seen: " + refused.getMessage(), TODO);
    }

    static List<Finding> judge(List<Webhook> all, HookOwner owner, String url) {
        Optional<Webhook> ours = Difference.ours(all, owner, url);
        if (ours.isEmpty()) {
            return List.of(Finding.fail(owner + ": there is no webhook to " + url, TODO));
        }
        List<Finding> findings = new ArrayList<>();
        for (Difference each : Difference.of(ours.get(), owner, url)) {
            String what = owner + ": webhook " + each.what();
            findings.add(each.breaks() ? Finding.fail(what, TODO) : Finding.warn(what, TODO));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(owner + ": webhook is as it should be"))
                : findings;
    }
}
