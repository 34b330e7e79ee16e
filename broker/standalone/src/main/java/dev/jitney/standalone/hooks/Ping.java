package dev.jitney.standalone.hooks;

import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookDelivery;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRef;
import dev.jitney.ghes.Hooks;
import dev.jitney.standalone.doctor.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Has GHES ping the webhook, and looks at what became of it where the server shows that. */
public final class Ping {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final HookAdmin admin;
    private final Hooks hooks;
    private final Duration patience;

    /**
     * @param patience how long a ping may take to show up in the list of deliveries
     */
    public Ping(HookAdmin admin, Hooks hooks, Duration patience) {
        this.admin = admin;
        this.hooks = hooks;
        this.patience = patience;
    }

    /** Pings, and says what can be said about it. */
    Finding verify(HookOwner owner, long id) {
        return switch (owner) {
            case HookOwner.Server() -> {
                admin.ping(owner, id);
                yield Finding.warn(
                        "server: ping asked for; whether it arrives cannot be seen by REST, as"
                                + " nothing lists the deliveries of global webhooks",
                        "look at Recent deliveries of the webhook in Enterprise settings, Hooks, or"
                                + " at jitney_webhook_deliveries_total{outcome=\"ping\"}");
            }
            case HookOwner.App() -> newest(hooks.deliveries(new HookRef.OfApp(), "").deliveries());
            case HookOwner.Organization(String login) ->
                    arrival(owner, new HookRef.OfOrganization(login, id));
        };
    }

    private static Finding newest(List<HookDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Finding.warn(
                    "app: nothing was delivered so far, and an App's webhook cannot be pinged",
                    "queue a job, then look again");
        }
        HookDelivery last = deliveries.getFirst();
        return last.arrived()
                ? Finding.ok("app: last delivery arrived, at " + last.deliveredAt())
                : Finding.fail(
                        "app: last delivery was answered "
                                + last.status()
                                + ", at "
                                + last.deliveredAt(),
                        todo(last.status()));
    }

    private Finding arrival(HookOwner owner, HookRef hook) {
        long before =
                hooks.deliveries(hook, "").deliveries().stream()
                        .mapToLong(HookDelivery::id)
                        .max()
                        .orElse(0);
        admin.ping(owner, ((HookRef.OfOrganization) hook).id());
        Optional<HookDelivery> ping = await(hook, before);
        if (ping.isEmpty()) {
            return Finding.warn(
                    owner + ": ping asked for, and not sent within " + patience.toSeconds() + " s",
                    "look at the webhook's Recent deliveries");
        }
        int status = ping.get().status();
        return ping.get().arrived()
                ? Finding.ok(owner + ": ping arrived, signed with the right secret")
                : Finding.fail(owner + ": ping was answered " + status, todo(status));
    }

    private Optional<HookDelivery> await(HookRef hook, long before) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<HookDelivery> ping =
                    hooks.deliveries(hook, "").deliveries().stream()
                            .filter(each -> each.id() > before && each.event().equals("ping"))
                            .findFirst();
            if (ping.isPresent() || System.nanoTime() > end) {
                return ping;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static String todo(int status) {
        return switch (status) {
            case 401 ->
                    "the secret differs: run ./jitney webhook install --set-secret, with the secret"
                            + " that is in the Secret ghes-webhook";
            case 404, 405 -> "the URL must end with /webhook";
            default ->
                    "check that GHES reaches the address (DNS, firewall, certificate) and that the"
                            + " webhook function is up";
        };
    }
}
