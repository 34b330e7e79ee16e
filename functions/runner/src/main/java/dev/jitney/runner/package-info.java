/**
 * Makes a runner and takes it back: the order of calls on GitHub and Kubernetes that leaves nothing
 * behind, wherever it is cut off.
 */
@NullMarked
package dev.jitney.runner;

import org.jspecify.annotations.NullMarked;
