package dev.jitney.ghes.simulator;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is particular to one server: how it was set up, and who may do what there.
 *
 * @param version it runs
 * @param scopes of the one personal access token
 * @param tokenExpires when that token ends; empty if it never does. The token goes on working
 * @param siteAdmin whether its owner may manage global webhooks
 * @param globalJobs whether a global webhook may be made by REST that tells of jobs, which the
 *     documentation leaves open
 * @param clockAhead how far the server's clock is ahead
 * @param app the GitHub App that is registered; without one every JSON web token is believed
 */
public record GhesSite(
        String version,
        List<String> scopes,
        Optional<Instant> tokenExpires,
        boolean siteAdmin,
        boolean globalJobs,
        Duration clockAhead,
        Optional<App> app) {

    /**
     * A GitHub App.
     *
     * @param id that it is known by
     * @param key that its tokens are verified with
     * @param permissions it has in every organization it is installed in
     * @param events it is told of
     * @param notInstalled keys of the organizations it is not installed in
     * @param tokenLife real time for which an installation token is good
     */
    public record App(
            long id,
            PublicKey key,
            Map<String, String> permissions,
            List<String> events,
            Set<String> notInstalled,
            Duration tokenLife) {}

    /** A token with all that Jitney needs, owned by a site administrator. */
    public static GhesSite usual() {
        return new GhesSite(
                "3.14.0",
                List.of("admin:org", "admin:org_hook", "repo"),
                Optional.empty(),
                true,
                true,
                Duration.ZERO,
                Optional.empty());
    }

    /** The same with another version. */
    public GhesSite withVersion(String value) {
        return new GhesSite(value, scopes, tokenExpires, siteAdmin, globalJobs, clockAhead, app);
    }

    /** The same with a token of these scopes. */
    public GhesSite withScopes(String... values) {
        return new GhesSite(
                version, List.of(values), tokenExpires, siteAdmin, globalJobs, clockAhead, app);
    }

    /** The same with a token that ends then. */
    public GhesSite withTokenExpires(Instant value) {
        return new GhesSite(
                version, scopes, Optional.of(value), siteAdmin, globalJobs, clockAhead, app);
    }

    /** The same with other rights about global webhooks. */
    public GhesSite withGlobalHooks(boolean isSiteAdmin, boolean mayTellOfJobs) {
        return new GhesSite(
                version, scopes, tokenExpires, isSiteAdmin, mayTellOfJobs, clockAhead, app);
    }

    /** The same with another clock. */
    public GhesSite withClockAhead(Duration value) {
        return new GhesSite(version, scopes, tokenExpires, siteAdmin, globalJobs, value, app);
    }

    /** The same with a GitHub App. */
    public GhesSite withApp(App value) {
        return new GhesSite(
                version,
                scopes,
                tokenExpires,
                siteAdmin,
                globalJobs,
                clockAhead,
                Optional.of(value));
    }
}
