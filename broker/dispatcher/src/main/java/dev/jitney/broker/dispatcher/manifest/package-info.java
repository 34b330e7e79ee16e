/** Reads the YAML of a cluster as a cluster would: strictly, with every problem named. */
@NullMarked
package dev.jitney.broker.dispatcher.manifest;

import org.jspecify.annotations.NullMarked;
