package dev.jitney.core.ledger;

import org.jspecify.annotations.Nullable;

/** What a page notes of an organization. */
public final class PageNote {
    private PageNote() {}

    /**
     * The note to keep: the older one, unless it is left over from before the line was cut where it
     * is now.
     *
     * @param noted what the page has; null for nothing
     */
    public static Age of(@Nullable Age noted, Age age, Age from) {
        if (noted == null || noted.isOlderThan(from)) {
            return age;
        }
        return noted.isOlderThan(age) ? noted : age;
    }
}
