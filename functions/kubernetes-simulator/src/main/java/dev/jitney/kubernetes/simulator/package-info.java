/**
 * A Kubernetes API server with nodes and a kubelet, small enough for a laptop and a test: the calls
 * Jitney makes behave as on a cluster, and pods run simulated runners instead of containers.
 *
 * <p>Everything happens on one event loop, so no class here is or needs to be safe for threads.
 */
@NullMarked
package dev.jitney.kubernetes.simulator;

import org.jspecify.annotations.NullMarked;
