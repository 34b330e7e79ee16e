package dev.jitney.standalone.hooks;

import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRequest;
import dev.jitney.ghes.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a webhook is not as it should be.
 *
 * @param what is wrong, as the end of a sentence about the webhook
 * @param breaks whether jobs get no runners because of it
 */
public record Difference(String what, boolean breaks) {

    /** The webhook of an owner that posts to an address; that of an App if it posts anywhere. */
    public static Optional<Webhook> ours(List<Webhook> all, HookOwner owner, String url) {
        return all.stream()
                .filter(each -> owner instanceof HookOwner.App || same(each.url(), url))
                .findFirst();
    }

    private static boolean same(String one, String other) {
        return one.replaceFirst("/$", "").equalsIgnoreCase(other.replaceFirst("/$", ""));
    }

    /**
     * All that is wrong with a webhook. Whether its secret is the right one nobody can see.
     *
     * @param url that it should post to
     */
    public static List<Difference> of(Webhook hook, HookOwner owner, String url) {
        List<Difference> found = new ArrayList<>();
        boolean isApp = owner instanceof HookOwner.App;
        if (!same(hook.url(), url)) {
            found.add(
                    new Difference(
                            hook.url().isEmpty() ? "posts nowhere" : "posts to " + hook.url(),
                            true));
        }
        if (!hook.active()) {
            found.add(new Difference("is not active", true));
        }
        if (!isApp && !tellsOfJobs(hook)) {
            found.add(new Difference("does not tell of " + HookRequest.EVENT, true));
        } else if (hook.events().size() > 1 || hook.events().contains("*")) {
            found.add(new Difference("tells of more than " + HookRequest.EVENT, false));
        }
        if (!hook.hasSecret()) {
            found.add(new Difference("has no secret", true));
        }
        if (!hook.contentType().equals("json")) {
            found.add(new Difference("posts " + hook.contentType() + ", not json", false));
        }
        if (!hook.verifiesTls()) {
            found.add(new Difference("takes any certificate for the receiver's", false));
        }
        return found;
    }

    /** Whether a webhook tells of jobs. */
    public static boolean tellsOfJobs(Webhook hook) {
        return hook.events().contains(HookRequest.EVENT) || hook.events().contains("*");
    }
}
