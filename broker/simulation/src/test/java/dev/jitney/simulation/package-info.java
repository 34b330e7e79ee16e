@NullMarked
package dev.jitney.simulation;

import org.jspecify.annotations.NullMarked;
