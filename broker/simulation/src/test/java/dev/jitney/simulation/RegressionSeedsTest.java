package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeds that once found something: {@code seeds.txt} says what. */
final class RegressionSeedsTest {

    static List<String> seeds() throws IOException {
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        RegressionSeedsTest.class.getResourceAsStream("seeds.txt")),
                                StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void staysRepaired(String line) throws InterruptedException {
        List<String> words = Stream.of(line.split("\\s+", 8)).toList();
        SimulationFaults faults = SimulationFaults.of(words.get(5));
        var options =
                new SimulationOptions(
                        Integer.parseInt(words.get(0)),
                        Integer.parseInt(words.get(1)),
                        Integer.parseInt(words.get(2)),
                        Double.parseDouble(words.get(3)),
                        Long.parseLong(words.get(4)),
                        faults,
                        words.get(6).equals("all")
                                ? Integer.MAX_VALUE
                                : Integer.parseInt(words.get(6)));

        assertInstanceOf(Attempt.Passed.class, Attempt.of(options, Wired.MANIFESTS));
    }
}
