package dev.jitney.core.policy;

import java.time.Instant;

/**
 * An edit, and who makes it why.
 *
 * @param id unlike that of any other change, so that a repetition is recognised
 * @param who at most {@value #TEXT_MAX} characters are kept, as of {@code why}
 * @param why may be empty
 */
public record PolicyChange(String id, PolicyEdit edit, String who, Instant when, String why) {
    static final int TEXT_MAX = 300;

    public PolicyChange {
        if (id.isBlank() || who.isBlank()) {
            throw new IllegalArgumentException("a change needs an id and somebody who makes it");
        }
        who = shortened(who);
        why = shortened(why);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= TEXT_MAX ? line : line.substring(0, TEXT_MAX);
    }

    AuditEntry audited(long revision) {
        return new AuditEntry(revision, id, who, when, edit.words(), why);
    }
}
