package dev.jitney.kubernetes.simulator;

import java.time.Duration;
import java.util.Random;

/** Draws the faults of {@link KubernetesFaults}, one sequence for all calls. */
final class FaultDice {
    private final KubernetesFaults faults;
    private final Random random;

    /** What goes wrong with a call. */
    enum Fault {
        NONE,
        QUOTA,
        CONFLICT,
        TOO_MANY_REQUESTS,
        INTERNAL_ERROR,
        UNAVAILABLE,
        HELD_ANSWER
    }

    FaultDice(KubernetesFaults faults) {
        this.faults = faults;
        this.random = new Random(faults.seed());
    }

    Fault ofCreation(Kind kind) {
        double draw = random.nextDouble();
        double quota = kind == Kind.POD ? faults.quotaRefusal() : 0;
        if (draw < quota) {
            return Fault.QUOTA;
        }
        if (draw < quota + faults.createError()) {
            return oneOf(
                    Fault.CONFLICT,
                    Fault.TOO_MANY_REQUESTS,
                    Fault.INTERNAL_ERROR,
                    Fault.UNAVAILABLE);
        }
        return draw < quota + faults.createError() + faults.heldAnswer()
                ? Fault.HELD_ANSWER
                : Fault.NONE;
    }

    Fault ofOtherCall() {
        return random.nextDouble() < faults.otherError()
                ? oneOf(Fault.TOO_MANY_REQUESTS, Fault.INTERNAL_ERROR, Fault.UNAVAILABLE)
                : Fault.NONE;
    }

    /** Real time to wait before the call is looked at; mostly zero. */
    Duration delay() {
        return random.nextDouble() < faults.slowAnswer()
                ? Duration.ofMillis(1 + random.nextLong(faults.slowAnswerMax().toMillis()))
                : Duration.ZERO;
    }

    boolean imagePullFails() {
        return random.nextDouble() < faults.imagePullFailure();
    }

    boolean evicts() {
        return random.nextDouble() < faults.eviction();
    }

    Duration heldFor() {
        return faults.heldFor();
    }

    private Fault oneOf(Fault... among) {
        return among[random.nextInt(among.length)];
    }
}
