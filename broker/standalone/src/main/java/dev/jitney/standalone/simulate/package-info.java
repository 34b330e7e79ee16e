/** What {@code ./jitney simulate} prints and writes. */
@NullMarked
package dev.jitney.standalone.simulate;

import org.jspecify.annotations.NullMarked;
