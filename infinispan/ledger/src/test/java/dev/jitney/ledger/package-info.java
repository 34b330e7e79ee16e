@NullMarked
package dev.jitney.ledger;

import org.jspecify.annotations.NullMarked;
