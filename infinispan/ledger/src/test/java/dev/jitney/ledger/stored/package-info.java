@NullMarked
package dev.jitney.ledger.stored;

import org.jspecify.annotations.NullMarked;
