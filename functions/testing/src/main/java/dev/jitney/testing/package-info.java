/**
 * The world outside one function, for its tests: real servers and simulators over real protocols.
 */
@NullMarked
package dev.jitney.testing;

import org.jspecify.annotations.NullMarked;
