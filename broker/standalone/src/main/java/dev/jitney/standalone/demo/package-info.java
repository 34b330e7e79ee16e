/** A load, what is seen of it from outside, and the report. */
@NullMarked
package dev.jitney.standalone.demo;

import org.jspecify.annotations.NullMarked;
