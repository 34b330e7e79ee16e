/**
 * What operators change while the system runs: one stored document, pure edits to it, and the
 * {@link dev.jitney.core.Policy} that it makes out of the functions' own settings.
 */
@NullMarked
package dev.jitney.core.policy;

import org.jspecify.annotations.NullMarked;
