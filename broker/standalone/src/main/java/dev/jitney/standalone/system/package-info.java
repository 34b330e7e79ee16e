/** The supervisor: the outside world, the way in, and the platform's process. */
@NullMarked
package dev.jitney.standalone.system;

import org.jspecify.annotations.NullMarked;
