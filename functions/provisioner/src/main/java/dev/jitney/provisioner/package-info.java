/** Makes the runner of a lease: the only function that creates pods. */
@NullMarked
package dev.jitney.provisioner;

import org.jspecify.annotations.NullMarked;
