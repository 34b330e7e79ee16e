package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.Reason;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.HookDelivery;
import dev.jitney.ghes.HookRef;
import dev.jitney.ghes.Hooks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has GitHub deliver again what it recorded as failed: one call for a hundred webhooks, where the
 * hook is one whose deliveries can be listed. A webhook is asked for once; whatever fails again is
 * found by the sweeps.
 */
public final class Redelivery {
    private static final String HOOKS = "hooks";
    private static final String ACTIVE = "hooks/active";
    private static final int PAGES_MAX = 20;

    /** A queued job lives for a day; older webhooks help nobody. */
    private static final Duration OLDEST = Duration.ofHours(24);

    private final Hooks hooks;
    private final Kind kind;
    private final Cursor cursor;
    private final Consumer<Decision> decisions;

    /** Which hook sends us webhooks. */
    public enum Kind {
        /** One of the whole server. Nobody can list its deliveries. */
        GLOBAL,
        /** One of each organization. */
        ORGANIZATION,
        /** One of a GitHub App that is installed in each organization. */
        APP
    }

    public Redelivery(Hooks hooks, Kind kind, Cursor cursor, Consumer<Decision> decisions) {
        this.hooks = hooks;
        this.kind = kind;
        this.cursor = cursor;
        this.decisions = decisions;
    }

    /** Goes through the deliveries since the last time, as far as the budget allows. */
    void go(List<OrgLedger> ledgers, Part part, Ring ring, Ring.Tolerance tolerance) {
        switch (kind) {
            case GLOBAL -> {}
            case APP -> tolerance.bear("REDELIVERY", () -> hook(new HookRef.OfApp(), part));
            case ORGANIZATION -> organizations(ledgers, part, ring, tolerance);
        }
    }

    private void organizations(
            List<OrgLedger> ledgers, Part part, Ring ring, Ring.Tolerance tolerance) {
        Set<Organization> active = Rounds.active(ledgers, part.now());
        Set<Organization> others = new TreeSet<>();
        ledgers.forEach(each -> others.add(each.organization()));
        tolerance.bear("ORGANIZATIONS", () -> others.addAll(everywhere(part.budget())));
        others.removeAll(active);
        around(ACTIVE, active, part.share(1, 2), ring);
        around(HOOKS, others, part, ring);
    }

    private void around(String round, Set<Organization> organizations, Part part, Ring ring) {
        ring.around(
                round,
                List.copyOf(organizations),
                Organization::login,
                part,
                (each, _) -> {
                    if (!part.take()) {
                        return Optional.of("");
                    }
                    List<HookRef> found = hooks.ofOrganization(each.login());
                    if (part.budget().isSpent() && !found.isEmpty()) {
                        return Optional.of("");
                    }
                    found.forEach(hook -> hook(hook, part));
                    return Optional.empty();
                });
    }

    private List<Organization> everywhere(CallBudget budget) {
        if (!budget.take()) {
            return List.of();
        }
        List<String> logins = hooks.organizations();
        budget.charge(logins.size() / 100);
        return logins.stream().map(Organization::new).toList();
    }

    private void hook(HookRef hook, Part part) {
        Progress before = Progress.read(cursor.get(bookmark(hook)));
        int pages = Math.clamp(part.budget().left() / 2, 1, PAGES_MAX);
        Reading newest = read(hook, "", before.newest(), pages, part);
        Reading older =
                newest.isComplete() && !before.page().isEmpty()
                        ? older(hook, before, pages - newest.pages(), part)
                        : Reading.NOTHING;
        List<HookDelivery> found = newest.and(older);
        if (!found.isEmpty()) {
            Progress after = before.after(newest, older);
            cursor.put(bookmark(hook), ask(hook, found, newest, before, after, part).write());
        } else if (older.pages() > 0) {
            cursor.put(bookmark(hook), before.after(newest, older).write());
        }
    }

    private Reading older(HookRef hook, Progress before, int pages, Part part) {
        try {
            return read(hook, before.page(), before.seen(), pages, part);
        } catch (GhesRefused e) {
            // The page is not there any more: the sweeps find the rest.
            cursor.put(bookmark(hook), Progress.upTo(before.newest()).write());
            throw e;
        }
    }

    /** Asks for what failed, oldest first; answers with how far it came. */
    private Progress ask(
            HookRef hook,
            List<HookDelivery> found,
            Reading newest,
            Progress before,
            Progress after,
            Part part) {
        List<HookDelivery> failed = failed(found);
        // While nothing arrives, one is asked for as a probe, and the others are kept for later.
        boolean arrives = newest.latest().filter(HookDelivery::arrived).isPresent();
        long reached = before.seen();
        for (HookDelivery each : arrives ? failed : failed.stream().limit(1).toList()) {
            if (!part.take()) {
                return before.cutAt(reached, after);
            }
            hooks.redeliver(hook, each.id());
            decisions.accept(redelivered(hook));
            reached = each.id();
        }
        if (arrives || failed.isEmpty()) {
            return after;
        }
        return before.cutAt(reached, after);
    }

    private static Decision redelivered(HookRef hook) {
        return new Decision(Decision.Kind.REPAIRED, hook.owner(), 0, "", Reason.REDELIVERED.name());
    }

    /**
     * Reads backwards from a page.
     *
     * @param until id of a delivery; those after it are wanted
     */
    private Reading read(HookRef hook, String from, long until, int pages, Part part) {
        Instant oldest = part.now().minus(OLDEST);
        List<HookDelivery> wanted = new ArrayList<>();
        Optional<HookDelivery> latest = Optional.empty();
        Optional<String> next = Optional.of(from);
        int read = 0;
        while (read < pages && next.isPresent() && part.take()) {
            Hooks.Page page = hooks.deliveries(hook, next.get());
            read++;
            latest = latest.or(() -> page.deliveries().stream().findFirst());
            List<HookDelivery> fresh =
                    page.deliveries().stream()
                            .filter(each -> each.id() > until)
                            .filter(each -> each.deliveredAt().isAfter(oldest))
                            .toList();
            wanted.addAll(fresh);
            next = fresh.size() < page.deliveries().size() ? Optional.empty() : page.next();
        }
        return new Reading(wanted, latest, next.filter(each -> !each.isEmpty()), read);
    }

    /**
     * Some pages of deliveries.
     *
     * @param next the page to go on with; none when nothing that is wanted is left
     * @param pages how many were read
     */
    private record Reading(
            List<HookDelivery> deliveries,
            Optional<HookDelivery> latest,
            Optional<String> next,
            int pages) {
        static final Reading NOTHING =
                new Reading(List.of(), Optional.empty(), Optional.empty(), 0);

        boolean isComplete() {
            return pages > 0 && next.isEmpty();
        }

        /** Oldest first. */
        List<HookDelivery> and(Reading other) {
            return Stream.concat(deliveries.stream(), other.deliveries().stream())
                    .sorted(Comparator.comparingLong(HookDelivery::id))
                    .toList();
        }
    }

    /**
     * Which deliveries of a hook have been looked at: all up to one, and, when the pages between
     * are too many for one tick, those from a page on up to another.
     *
     * @param seen all up to this one
     * @param newest and from {@code page} up to this one
     * @param page the newest that was not read; empty when there is none
     */
    private record Progress(long seen, long newest, String page) {
        static Progress upTo(long delivery) {
            return new Progress(delivery, delivery, "");
        }

        static Progress read(String text) {
            String[] parts = text.split(" ", 3);
            return parts.length < 3
                    ? upTo(Long.parseLong("0" + text))
                    : new Progress(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        String write() {
            return isWhole() ? Long.toString(seen) : seen + " " + newest + " " + page;
        }

        boolean isWhole() {
            return page.isEmpty();
        }

        /**
         * Not all that failed was asked for.
         *
         * @param delivery all that were read, older pages first, up to this one, were
         * @param after where it would be else
         */
        Progress cutAt(long delivery, Progress after) {
            return delivery > newest
                    ? new Progress(after.isWhole() ? delivery : seen, delivery, after.page())
                    : this;
        }

        Progress after(Reading top, Reading older) {
            long last = Math.max(newest, top.latest().map(HookDelivery::id).orElse(newest));
            if (isWhole()) {
                return top.next().map(each -> new Progress(seen, last, each)).orElse(upTo(last));
            }
            if (!top.isComplete()) {
                // More came than a tick can read: some pages are read once more.
                return top.next().map(each -> new Progress(seen, last, each)).orElse(this);
            }
            if (older.pages() == 0) {
                return new Progress(seen, last, page);
            }
            return older.next().map(each -> new Progress(seen, last, each)).orElse(upTo(last));
        }
    }

    /** Jobs' webhooks that never arrived and that nobody has asked for again. */
    private static List<HookDelivery> failed(List<HookDelivery> fresh) {
        Set<String> settled =
                fresh.stream()
                        .filter(each -> each.arrived() || each.redelivery())
                        .map(HookDelivery::guid)
                        .collect(Collectors.toSet());
        return fresh.stream()
                .filter(each -> each.event().equals("workflow_job"))
                .filter(each -> !settled.contains(each.guid()))
                .toList();
    }

    private static String bookmark(HookRef hook) {
        return switch (hook) {
            case HookRef.OfApp() -> "deliveries/app";
            case HookRef.OfOrganization(String login, long id) -> "deliveries/" + login + "/" + id;
        };
    }
}
