package dev.jitney.kubernetes;

/**
 * The pod that GitHub's container hooks make for a job and its services. The hooks delete it when
 * the job ends; of a runner that was killed it is left, and nobody owns it.
 */
final class HookPods {
    private static final int NAME_CHARS_MAX = 63;
    private static final String END = "-workflow";

    private HookPods() {}

    /** The name that the hooks give it, so that nobody needs to list pods. */
    static String of(String runner) {
        int most = NAME_CHARS_MAX - END.length();
        return (runner.length() > most ? runner.substring(0, most) : runner) + END;
    }
}
