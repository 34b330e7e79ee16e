@NullMarked
package dev.jitney.standalone.system;

import org.jspecify.annotations.NullMarked;
