package dev.jitney.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.simulation.check.Invariant;
import dev.jitney.simulation.engine.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/simulation.md names every fault with its rates, and every invariant. */
final class SimulationDocsTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("jitney.root")));

    private static String docs() throws IOException {
        return Files.readString(ROOT.resolve("docs/simulation.md"));
    }

    private static boolean isNumber(String cell, double expected) {
        return new BigDecimal(cell.strip()).compareTo(BigDecimal.valueOf(expected)) == 0;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void namesEveryFault(Fault fault) throws IOException {
        String row =
                docs().lines()
                        .filter(line -> line.startsWith("| `" + fault + "` |"))
                        .findFirst()
                        .orElseThrow();
        String[] cells = row.split("\\|", -1);

        assertTrue(isNumber(cells[2], fault.light()), row);
        assertTrue(isNumber(cells[3], fault.heavy()), row);
        assertTrue(cells[4].strip().equals(fault.says()), row);
    }

    @ParameterizedTest
    @EnumSource(Invariant.class)
    void namesEveryInvariant(Invariant invariant) throws IOException {
        assertTrue(docs().contains("| `" + invariant + "` |"));
    }
}
