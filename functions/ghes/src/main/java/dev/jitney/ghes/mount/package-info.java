/**
 * Values made of mounted files, such as those of a Kubernetes Secret, made anew when the files
 * change.
 */
@NullMarked
package dev.jitney.ghes.mount;

import org.jspecify.annotations.NullMarked;
