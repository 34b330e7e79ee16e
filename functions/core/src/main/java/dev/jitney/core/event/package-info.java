/** The events between the functions: their types and data. The table is docs/events.md. */
@NullMarked
package dev.jitney.core.event;

import org.jspecify.annotations.NullMarked;
