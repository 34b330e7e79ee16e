package dev.jitney.core.policy;

import java.time.Instant;

/**
 * One change as it is remembered.
 *
 * @param revision of the document that it made
 * @param id of the change; the same change again is recognised by it
 * @param who changed it, as they say themselves
 * @param what in plain words
 * @param why in the words of whoever changed it; may be empty
 */
public record AuditEntry(
        long revision, String id, String who, Instant when, String what, String why) {}
