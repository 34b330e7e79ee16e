@NullMarked
package dev.jitney.infinispan.server;

import org.jspecify.annotations.NullMarked;
