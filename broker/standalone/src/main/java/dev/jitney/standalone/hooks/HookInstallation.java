package dev.jitney.standalone.hooks;

import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRequest;
import dev.jitney.ghes.Webhook;
import dev.jitney.standalone.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the webhook of an owner, or mends what differs; a second time there is nothing to do. What
 * another webhook does is left alone.
 */
public final class HookInstallation {
    private static final String WITHOUT_CHECK = "run ./jitney webhook install without --check";

    private final HookAdmin admin;
    private final Ping ping;
    private final HookRequest wanted;
    private final Manner manner;

    /**
     * How to go about it.
     *
     * @param checkOnly changes and pings nothing; what differs is a failure then
     * @param setSecret writes the secret although nothing else differs: nobody can see which one is
     *     set
     * @param ping asks for a ping and, where that can be seen, for what became of it
     */
    public record Manner(boolean checkOnly, boolean setSecret, boolean ping) {}

    public HookInstallation(HookAdmin admin, Ping ping, HookRequest wanted, Manner manner) {
        this.admin = admin;
        this.ping = ping;
        this.wanted = wanted;
        this.manner = manner;
    }

    /** Sees to the webhook of one owner, and says what was done. */
    public List<Finding> install(HookOwner owner) {
        List<Finding> findings = new ArrayList<>();
        try {
            List<Webhook> all = admin.all(owner);
            Optional<Webhook> ours = Difference.ours(all, owner, wanted.url());
            Optional<Webhook> now =
                    ours.isPresent()
                            ? mended(owner, ours.get(), findings)
                            : made(owner, all, findings);
            if (now.isPresent() && manner.ping() && !manner.checkOnly()) {
                findings.add(ping.verify(owner, now.get().id()));
            }
        } catch (GhesException failed) {
            findings.add(Refusals.explained(owner, wanted, failed));
        }
        return findings;
    }

    /** Empty if nothing was to be changed. */
    private Optional<Webhook> made(HookOwner owner, List<Webhook> all, List<Finding> findings) {
        all.stream()
                .filter(Difference::tellsOfJobs)
                .forEach(
                        other ->
                                findings.add(
                                        Finding.warn(
                                                "%s: webhook %d tells of jobs, too, to %s"
                                                        .formatted(owner, other.id(), other.url()),
                                                "remove it if it is an old one of Jitney")));
        if (manner.checkOnly()) {
            findings.add(
                    Finding.fail(owner + ": has no webhook to " + wanted.url(), WITHOUT_CHECK));
            return Optional.empty();
        }
        Webhook hook = admin.create(owner, wanted);
        findings.add(Finding.ok(owner + ": webhook " + hook.id() + " made"));
        return complete(owner, hook, findings);
    }

    private Optional<Webhook> mended(HookOwner owner, Webhook hook, List<Finding> findings) {
        List<Difference> differences = Difference.of(hook, owner, wanted.url());
        String name = owner + ": webhook" + (hook.id() == 0 ? "" : " " + hook.id());
        if (differences.isEmpty() && !manner.setSecret()) {
            findings.add(Finding.ok(name + " is as it should be"));
            return Optional.of(hook);
        }
        String what = differences.isEmpty() ? "its secret is written anew" : text(differences);
        if (manner.checkOnly()) {
            findings.add(Finding.fail(name + ": " + what, WITHOUT_CHECK));
            return Optional.empty();
        }
        Webhook next = admin.change(owner, hook.id(), wanted);
        findings.add(Finding.ok(name + " changed: " + what));
        return complete(owner, next, findings);
    }

    private static String text(List<Difference> differences) {
        return differences.stream().map(Difference::what).collect(Collectors.joining(", "));
    }

    /** A server may take a request and leave out what it does not like. */
    private Optional<Webhook> complete(HookOwner owner, Webhook hook, List<Finding> findings) {
        List<Difference> left = Difference.of(hook, owner, wanted.url());
        if (left.isEmpty()) {
            return Optional.of(hook);
        }
        findings.add(
                Finding.fail(
                        owner + ": GHES took the request, but the webhook " + text(left),
                        Refusals.byHand(owner, wanted)));
        return Optional.empty();
    }
}
