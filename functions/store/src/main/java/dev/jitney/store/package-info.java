/** The store as beans of a function. Nothing is connected before the first event needs it. */
@NullMarked
package dev.jitney.store;

import org.jspecify.annotations.NullMarked;
