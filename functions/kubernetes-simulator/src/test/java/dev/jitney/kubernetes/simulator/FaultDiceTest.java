package dev.jitney.kubernetes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.kubernetes.simulator.FaultDice.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultDiceTest {
    @Test
    void repeatsItselfFromTheSameSeed() {
        assertEquals(creations(KubernetesFaults.heavy(7)), creations(KubernetesFaults.heavy(7)));
        assertNotEquals(creations(KubernetesFaults.heavy(7)), creations(KubernetesFaults.heavy(8)));
    }

    @Test
    void injectsNothingByDefault() {
        assertEquals(Set.of(Fault.NONE), Set.copyOf(creations(KubernetesFaults.none())));
        var dice = new FaultDice(KubernetesFaults.none());
        assertTrue(Stream.generate(dice::delay).limit(1000).allMatch(Duration::isZero));
    }

    @Test
    void injectsEveryFaultOfACreationAboutAsOftenAsAsked() {
        List<Fault> faults = creations(KubernetesFaults.heavy(1));

        assertEquals(Set.of(Fault.values()), Set.copyOf(faults));
        long failed = faults.stream().filter(it -> it != Fault.NONE).count();
        assertTrue(failed > 1700 && failed < 2300, "of 10000: " + failed);
    }

    @Test
    void refusesNoSecretByQuota() {
        var dice = new FaultDice(KubernetesFaults.heavy(1));

        assertTrue(
                Stream.generate(() -> dice.ofCreation(Kind.SECRET))
                        .limit(10_000)
                        .noneMatch(Fault.QUOTA::equals));
    }

    @Test
    void refusesRatesThatAreNone() {
        var faults = KubernetesFaults.none();

        assertThrows(IllegalArgumentException.class, () -> faults.withPodFaults(1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> faults.withPodFaults(0, Double.NaN));
    }

    private static List<Fault> creations(KubernetesFaults faults) {
        var dice = new FaultDice(faults);
        return Stream.generate(() -> dice.ofCreation(Kind.POD)).limit(10_000).toList();
    }
}
