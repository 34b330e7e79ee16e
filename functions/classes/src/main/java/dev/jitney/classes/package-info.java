/** The file of runner classes: what all functions need of it, and where the rest is written. */
@NullMarked
package dev.jitney.classes;

import org.jspecify.annotations.NullMarked;
