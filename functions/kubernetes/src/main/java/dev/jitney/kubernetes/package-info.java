/** Runner pods: how they look, and the calls that create, supply, find and delete them. */
@NullMarked
package dev.jitney.kubernetes;

import org.jspecify.annotations.NullMarked;
