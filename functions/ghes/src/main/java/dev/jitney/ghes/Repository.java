package dev.jitney.ghes;

import java.time.Instant;
import java.util.Optional;

/**
 * A repository of an organization.
 *
 * @param fullName {@code owner/name}
 * @param archived whether it is read-only, and so without new jobs
 * @param pushedAt the last push; empty for a repository that never had one
 */
public record Repository(String fullName, boolean archived, Optional<Instant> pushedAt) {}
