@NullMarked
package dev.jitney.standalone;

import org.jspecify.annotations.NullMarked;
