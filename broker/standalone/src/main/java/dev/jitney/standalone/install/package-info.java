/**
 * What {@code ./jitney install} writes: a {@link dev.jitney.standalone.install.Site}, which is
 * decided first, as files in a directory of its own. Nothing here talks to a cluster.
 */
@NullMarked
package dev.jitney.standalone.install;

import org.jspecify.annotations.NullMarked;
