/** Ends what a finished job leaves behind, and what could not be made. */
@NullMarked
package dev.jitney.cleanup;

import org.jspecify.annotations.NullMarked;
