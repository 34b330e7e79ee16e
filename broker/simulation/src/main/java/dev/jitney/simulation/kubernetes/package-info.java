/** A Kubernetes cluster in memory: runner pods, their Secrets, and what befalls them. */
@NullMarked
package dev.jitney.simulation.kubernetes;

import org.jspecify.annotations.NullMarked;
