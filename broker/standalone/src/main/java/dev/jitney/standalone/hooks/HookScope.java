package dev.jitney.standalone.hooks;

/** Which webhooks tell of jobs. */
public enum HookScope {
    /** One of the whole server. */
    GLOBAL,
    /** One of each organization. */
    ORGANIZATION,
    /** That of the GitHub App. */
    APP
}
