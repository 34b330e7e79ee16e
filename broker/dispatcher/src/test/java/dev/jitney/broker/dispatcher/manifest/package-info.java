@NullMarked
package dev.jitney.broker.dispatcher.manifest;

import org.jspecify.annotations.NullMarked;
