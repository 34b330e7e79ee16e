package dev.jitney.ghes;

/** How the removal of a runner ended. */
public enum Removal {
    /** 204: it was idle and will never take a job. */
    REMOVED,
    /** 422: it runs a job. Leave it alone. */
    BUSY,
    /** 404: there is no such registration, perhaps because it has done its job. */
    GONE
}
