/** A real Infinispan server inside this JVM, for the laptop and for tests. */
@NullMarked
package dev.jitney.infinispan.server;

import org.jspecify.annotations.NullMarked;
