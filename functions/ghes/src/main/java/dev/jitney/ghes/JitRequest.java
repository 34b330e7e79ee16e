package dev.jitney.ghes;

import java.util.List;

/**
 * What a just-in-time runner shall be.
 *
 * @param name unique in the organization, 1 to 64 characters
 * @param runnerGroupId the group to register in, see {@link Ghes#defaultRunnerGroup}
 * @param labels 1 to 100 labels; the runner gets exactly these, so include {@code self-hosted} and
 *     the like where jobs ask for them
 * @param workFolder relative to the directory of the runner
 */
public record JitRequest(String name, long runnerGroupId, List<String> labels, String workFolder) {

    private static final int NAME_CHARS_MAX = 64;
    private static final int LABELS_MAX = 100;

    public JitRequest {
        if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException("name is not 1 to 64 characters: " + name);
        }
        if (labels.isEmpty() || labels.size() > LABELS_MAX) {
            throw new IllegalArgumentException("labels are not 1 to 100: " + labels.size());
        }
        labels = List.copyOf(labels);
    }

    /** A request with GitHub's own default work folder, {@code _work}. */
    public static JitRequest of(String name, long runnerGroupId, List<String> labels) {
        return new JitRequest(name, runnerGroupId, labels, "_work");
    }
}
