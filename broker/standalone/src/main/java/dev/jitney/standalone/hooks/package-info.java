/** How webhooks on GHES are to be, what differs, and how that is mended. */
@NullMarked
package dev.jitney.standalone.hooks;

import org.jspecify.annotations.NullMarked;
