/** The command line: the whole system on one machine, and its demo. */
@NullMarked
package dev.jitney.standalone;

import org.jspecify.annotations.NullMarked;
