package dev.jitney.broker.dispatcher.delivery;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What a subscriber answered. */
record Response(int status, MultiMap headers, Buffer body) {}
