package dev.jitney.runner;

/** How taking a runner back went. */
public enum Retirement {
    /** Registration and pod are gone, or the pod has ended: the place is free. */
    GONE,
    /** GitHub says that it runs a job: leave it alone. */
    BUSY,
    /** Its pod, or its registration, needs more time: ask again. */
    STILL_ENDING
}
