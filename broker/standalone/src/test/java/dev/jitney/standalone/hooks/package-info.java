/** Tests of setting up webhooks. */
@NullMarked
package dev.jitney.standalone.hooks;

import org.jspecify.annotations.NullMarked;
