package dev.jitney.core.ledger;

/**
 * How many jobs of one class stand in the front of the line, which is in the cluster's ledger.
 *
 * @param most beyond it the youngest move further back
 * @param kept how many stay in the front then
 * @param few below it the oldest of those further back are called to the front
 */
public record LineBounds(int most, int kept, int few) {
    /** About 25 kB of record for a class with a long line. */
    public static final LineBounds STANDARD = new LineBounds(400, 300, 100);

    public LineBounds {
        if (few < 1 || kept < few || most < kept) {
            throw new IllegalArgumentException(
                    "the front keeps " + few + " <= " + kept + " <= " + most + " jobs");
        }
    }

    /** How many organizations are called at once: half a front, as each may bring several jobs. */
    int called() {
        return Math.max(1, kept / 2);
    }
}
