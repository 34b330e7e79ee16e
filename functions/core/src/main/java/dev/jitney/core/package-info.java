/** Decisions about runners, as pure functions over immutable records. Nothing here does I/O. */
@NullMarked
package dev.jitney.core;

import org.jspecify.annotations.NullMarked;
