/** GitHub and Kubernetes as beans of a function. Nothing is connected before it is needed. */
@NullMarked
package dev.jitney.runner.cdi;

import org.jspecify.annotations.NullMarked;
