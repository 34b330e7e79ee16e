/** The child process that stands for the cluster: broker, activator, gateway, Infinispan. */
@NullMarked
package dev.jitney.standalone.platform;

import org.jspecify.annotations.NullMarked;
