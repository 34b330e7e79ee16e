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
     */
    String token(String organization);

    /**
     * What a GitHub App shows for calls about itself ({@code /app/...}).
     *
     * @return a secret, never logged
     */
    default String appToken() {
        return token("");
    }
}
