@NullMarked
package dev.jitney.yaml;

import org.jspecify.annotations.NullMarked;
