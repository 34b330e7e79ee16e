/** Container images of the functions, made without a container engine. */
@NullMarked
package dev.jitney.images;

import org.jspecify.annotations.NullMarked;
