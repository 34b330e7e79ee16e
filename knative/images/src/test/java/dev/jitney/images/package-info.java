@NullMarked
package dev.jitney.images;

import org.jspecify.annotations.NullMarked;
