/** Tests of mounted files. */
@NullMarked
package dev.jitney.ghes.mount;

import org.jspecify.annotations.NullMarked;
