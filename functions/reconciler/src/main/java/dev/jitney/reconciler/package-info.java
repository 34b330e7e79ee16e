/** Puts right what events have missed: every minute, level triggered, within a budget of calls. */
@NullMarked
package dev.jitney.reconciler;

import org.jspecify.annotations.NullMarked;
