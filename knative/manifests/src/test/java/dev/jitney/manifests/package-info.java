/** Tests of the renderer, and of everything that a cluster is given. */
@NullMarked
package dev.jitney.manifests;

import org.jspecify.annotations.NullMarked;
