/**
 * The two kinds of record that decide, and every step on them.
 *
 * <p>{@link dev.jitney.core.ledger.OrgLedger} knows the jobs and leases of one organization; {@link
 * dev.jitney.core.ledger.ClusterLedger} knows the places of the whole cluster and the line in front
 * of them. Each step first looks for its own id, so repeating it changes nothing.
 */
@NullMarked
package dev.jitney.core.ledger;

import org.jspecify.annotations.NullMarked;
