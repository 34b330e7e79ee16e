package dev.jitney.reconciler;

import dev.jitney.core.Organization;
import dev.jitney.core.ledger.Decision;
import dev.jitney.core.ledger.OrgLedger;
import dev.jitney.core.reconcile.Reason;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Has GitHub deliver again what it recorded as failed: one call for a hundred webhooks, where the
 * hook is one whose deliveries can be listed. A webhook is asked for once; whatever fails again is
 * found by the sweeps.
 */
public final class Redelivery {
    private static final String HOOKS = "hooks";
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
    void go(
            List<OrgLedger> ledgers,
            CallBudget budget,
            Instant now,
            BooleanSupplier over,
            Rounds.Tolerance tolerance) {
        switch (kind) {
            case GLOBAL -> {}
            case APP -> tolerance.bear("REDELIVERY", () -> hook(new HookRef.OfApp(), budget, now));
            case ORGANIZATION -> organizations(ledgers, budget, now, over, tolerance);
        }
    }

    private void organizations(
            List<OrgLedger> ledgers,
            CallBudget budget,
            Instant now,
            BooleanSupplier over,
            Rounds.Tolerance tolerance) {
        Set<Organization> known = new TreeSet<>();
        ledgers.forEach(each -> known.add(each.organization()));
        tolerance.bear("ORGANIZATIONS", () -> known.addAll(everywhere(budget)));
        for (Organization each : cursor.from(HOOKS, List.copyOf(known), Organization::login)) {
            if (over.getAsBoolean() || !budget.take()) {
                return;
            }
            tolerance.bear(
                    "REDELIVERY",
                    () ->
                            hooks.ofOrganization(each.login())
                                    .forEach(hook -> hook(hook, budget, now)));
            cursor.put(HOOKS, each.login());
        }
    }

    private List<Organization> everywhere(CallBudget budget) {
        if (!budget.take()) {
            return List.of();
        }
        List<String> logins = hooks.organizations();
        budget.charge(logins.size() / 100);
        return logins.stream().map(Organization::new).toList();
    }

    private void hook(HookRef hook, CallBudget budget, Instant now) {
        long seen = Long.parseLong("0" + cursor.get(bookmark(hook)));
        List<HookDelivery> fresh = since(hook, seen, now, budget);
        if (fresh.isEmpty()) {
            return;
        }
        List<HookDelivery> failed = failed(fresh);
        // While nothing arrives, one is asked for as a probe, and the others are kept for later.
        boolean arrives = fresh.getLast().arrived();
        long reached = seen;
        for (HookDelivery each : arrives ? failed : failed.stream().limit(1).toList()) {
            if (!budget.take()) {
                cursor.put(bookmark(hook), Long.toString(reached));
                return;
            }
            hooks.redeliver(hook, each.id());
            decisions.accept(redelivered(hook));
            reached = each.id();
        }
        boolean done = arrives || failed.isEmpty();
        cursor.put(bookmark(hook), Long.toString(done ? fresh.getLast().id() : reached));
    }

    private static Decision redelivered(HookRef hook) {
        return new Decision(Decision.Kind.REPAIRED, hook.owner(), 0, "", Reason.REDELIVERED.name());
    }

    /** Deliveries after the bookmark, oldest first. */
    private List<HookDelivery> since(HookRef hook, long seen, Instant now, CallBudget budget) {
        List<HookDelivery> fresh = new ArrayList<>();
        Optional<String> next = Optional.of("");
        for (int page = 0; page < PAGES_MAX && next.isPresent() && budget.take(); page++) {
            Hooks.Page found = hooks.deliveries(hook, next.get());
            for (HookDelivery each : found.deliveries()) {
                if (each.id() > seen && each.deliveredAt().isAfter(now.minus(OLDEST))) {
                    fresh.add(each);
                }
            }
            boolean older =
                    found.deliveries().stream()
                            .anyMatch(
                                    each ->
                                            each.id() <= seen
                                                    || each.deliveredAt()
                                                            .isBefore(now.minus(OLDEST)));
            next = older ? Optional.empty() : found.next();
        }
        fresh.sort(Comparator.comparingLong(HookDelivery::id));
        return fresh;
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
