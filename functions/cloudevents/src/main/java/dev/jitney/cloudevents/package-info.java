/**
 * What the functions share at their edge: how an event comes in, how it is refused, how events go
 * out. The README of the module holds the settings that every function copies.
 */
@NullMarked
package dev.jitney.cloudevents;

import org.jspecify.annotations.NullMarked;
