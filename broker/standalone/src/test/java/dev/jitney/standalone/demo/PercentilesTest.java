package dev.jitney.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {

    @Test
    void takesValuesByNearestRank() {
        List<Double> values =
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) (201 - i)).toList();

        assertEquals(new Percentiles(200, 100, 190, 198), Percentiles.of(values));
    }

    @Test
    void oneValueIsEveryPercentile() {
        assertEquals(new Percentiles(1, 7, 7, 7), Percentiles.of(List.of(7.0)));
    }

    @Test
    void withoutValuesAllAreZero() {
        assertEquals(new Percentiles(0, 0, 0, 0), Percentiles.of(List.of()));
    }
}
