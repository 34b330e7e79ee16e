package dev.jitney.ghes;

/**
 * Where the token of a call comes from. A classic personal access token ({@code admin:org} and, for
 * private repositories, {@code repo}) serves every organization; a GitHub App has one installation
 * token per organization, which expires after an hour.
 *
 * <p>Asked once per call, so implementations cache. They may be called from several threads.
 */
@FunctionalInterface
public interface TokenSource {

    /**
     * The token for a call.
     *
     * @param organization the login in lower case; empty for calls about the server as a whole
     * @return a secret, never logged
     * @throws GhesUnavailable if a token cannot be had now
     * @throws GhesRefused if there is none for this organization
     */
    String token(String organization);

    /**
     * What a GitHub App shows for calls about itself ({@code /app/...}).
     *
     * @return a secret, never logged
     * @throws GhesRefused if this is no App
     */
    default String appToken() {
        throw new GhesRefused(
                "this needs a GitHub App, and the credentials are a personal access token", 401);
    }

    /** Whether the tokens are those of a GitHub App. */
    default boolean isApp() {
        return false;
    }

    /**
     * GHES answered 401 to a token, which is not to be used again if another one can be had.
     *
     * @return whether asking for a token now gives another one
     */
    default boolean refused(String organization, String token) {
        return false;
    }
}
