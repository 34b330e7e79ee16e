@NullMarked
package dev.jitney.classes;

import org.jspecify.annotations.NullMarked;
