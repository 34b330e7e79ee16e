/** Tests of what doctor says. */
@NullMarked
package dev.jitney.standalone.doctor;

import org.jspecify.annotations.NullMarked;
