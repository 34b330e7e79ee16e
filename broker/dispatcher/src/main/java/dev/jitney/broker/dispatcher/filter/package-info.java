/** The filters of a Trigger as predicates, one per dialect. */
@NullMarked
package dev.jitney.broker.dispatcher.filter;

import org.jspecify.annotations.NullMarked;
