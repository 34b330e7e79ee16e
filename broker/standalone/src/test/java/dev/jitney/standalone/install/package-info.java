/** Tests of what install writes. */
@NullMarked
package dev.jitney.standalone.install;

import org.jspecify.annotations.NullMarked;
