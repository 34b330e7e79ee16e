package dev.jitney.ghes;

import java.util.List;
import java.util.Optional;

/**
 * Webhooks whose deliveries GitHub lists: those of organizations ({@code admin:org_hook}) and of a
 * GitHub App (its own JSON web token). There is no such list for a global hook of the server. Fails
 * as {@link Ghes} does.
 *
 * @see <a href="https://docs.github.com/enterprise-server/rest/orgs/webhooks">REST: organization
 *     webhooks</a>
 */
public interface Hooks {
    /** As {@link Ghes#organizations()}. */
    List<String> organizations();

    /** The active hooks of an organization that tell of jobs; none for an unknown organization. */
    List<HookRef> ofOrganization(String organization);

    /**
     * A hundred attempts, newest first.
     *
     * @param cursor from {@link Page#next()}; empty for the newest
     */
    Page deliveries(HookRef hook, String cursor);

    /**
     * Asks GitHub for one more attempt, which it makes later, with the same delivery id. Not
     * idempotent: each call is an attempt.
     */
    void redeliver(HookRef hook, long delivery);

    /**
     * Some attempts.
     *
     * @param next cursor of the page of older ones, if there is one
     */
    record Page(List<HookDelivery> deliveries, Optional<String> next) {
        public Page {
            deliveries = List.copyOf(deliveries);
        }
    }
}
