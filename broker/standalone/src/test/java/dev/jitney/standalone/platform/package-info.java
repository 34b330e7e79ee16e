@NullMarked
package dev.jitney.standalone.platform;

import org.jspecify.annotations.NullMarked;
