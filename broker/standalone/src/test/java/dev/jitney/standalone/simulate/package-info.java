@NullMarked
package dev.jitney.standalone.simulate;

import org.jspecify.annotations.NullMarked;
