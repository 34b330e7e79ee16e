package dev.jitney.broker.dispatcher.delivery;

import dev.jitney.broker.dispatcher.Faults;
import java.util.SplittableRandom;

/** Decides which deliveries are disturbed. */
final class FaultInjection {
    private final Faults faults;
    private final SplittableRandom random;

    FaultInjection(Faults faults) {
        this.faults = faults;
        this.random = new SplittableRandom(faults.seed());
    }

    boolean duplicates() {
        return faults.duplicateRate() > 0 && random.nextDouble() < faults.duplicateRate();
    }

    /** Milliseconds to hold a delivery back; 0 for most. */
    long delayMillis() {
        if (faults.delayRate() == 0 || random.nextDouble() >= faults.delayRate()) {
            return 0;
        }
        return random.nextLong(faults.delayMax().toMillis() + 1);
    }
}
