package dev.jitney.ghes.simulator;

/** Which hook sends the webhooks, and so whether its deliveries can be listed. */
public enum HookKind {
    /** One of the whole server: there is no list of its deliveries. */
    GLOBAL,
    /** One of each organization. */
    ORGANIZATION,
    /** One of a GitHub App that is installed in each organization. */
    APP
}
