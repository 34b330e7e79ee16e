package dev.jitney.ghes;

/**
 * A runner group that an organization may register runners in.
 *
 * @param isDefault whether runners that name no group go there; one of an organization does
 */
record RunnerGroup(long id, String name, boolean isDefault) {}
