/**
 * What {@code ./jitney doctor} looks at: one {@link dev.jitney.standalone.doctor.Check} a topic,
 * which reads and judges; judging alone is a pure function.
 */
@NullMarked
package dev.jitney.standalone.doctor;

import org.jspecify.annotations.NullMarked;
