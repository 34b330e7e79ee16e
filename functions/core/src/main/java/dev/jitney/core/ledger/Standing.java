package dev.jitney.core.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one organization that stand in line: of each class its oldest, as many as the
 * organization may still have runners.
 *
 * @param revision revision of the organization's ledger they were read from: an older reading must
 *     not replace a newer one
 */
public record Standing(long revision, List<LineEntry> entries) {
    public Standing {
        entries = List.copyOf(entries);
    }

    /** What is left without one entry; null when nothing is, as {@code Map.compute} wants it. */
    @Nullable Standing without(LineEntry entry) {
        List<LineEntry> left = entries.stream().filter(each -> !each.equals(entry)).toList();
        return left.isEmpty() ? null : new Standing(revision, left);
    }
}
