package dev.jitney.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which container images a runner pod may name: only pinned ones, and no runner too old for JIT.
 */
final class ImagePin {
    /**
     * The configuration of a just-in-time runner has no GitHub URL. Older runners conclude from
     * that that they run against github.com and hand the job's token to ghcr.io when pulling job
     * containers (actions/runner#4254).
     */
    private static final int[] RUNNER_MIN = {2, 332, 0};

    private static final Pattern TAG = Pattern.compile(".*:([\\w][\\w.-]*)(@sha256:[0-9a-f]{64})?");
    private static final Pattern OFFICIAL_RUNNER =
            Pattern.compile(".*actions/actions-runner:(\\d+)\\.(\\d+)\\.(\\d+)(@.*)?");

    private ImagePin() {}

    static String requirePinned(String image) {
        boolean byDigest = image.contains("@sha256:");
        Matcher tag = TAG.matcher(image);
        boolean byTag =
                tag.matches() && !tag.group(1).equals("latest") && !tag.group(1).equals("dind");
        if (!byDigest && !byTag) {
            throw new IllegalArgumentException("image is not pinned to a version: " + image);
        }
        return image;
    }

    static String requireRunner(String image) {
        requirePinned(image);
        Matcher version = OFFICIAL_RUNNER.matcher(image);
        if (version.matches() && isTooOld(version)) {
            throw new IllegalArgumentException("runner is older than 2.332.0: " + image);
        }
        return image;
    }

    private static boolean isTooOld(Matcher version) {
        for (int part = 0; part < RUNNER_MIN.length; part++) {
            int difference = Integer.parseInt(version.group(part + 1)) - RUNNER_MIN[part];
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }
}
