/**
 * What happens to admission when servers of Infinispan are killed, frozen and restarted: three
 * server processes, two function processes, and a world outside that keeps its own account.
 */
@NullMarked
package dev.jitney.infinispan.cluster;

import org.jspecify.annotations.NullMarked;
