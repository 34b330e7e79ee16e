/** Knative Serving for one computer: functions as processes, from zero and back to zero. */
@NullMarked
package dev.jitney.broker.activator;

import org.jspecify.annotations.NullMarked;
