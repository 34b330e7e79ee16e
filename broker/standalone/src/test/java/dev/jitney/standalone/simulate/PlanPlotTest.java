package dev.jitney.standalone.simulate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class PlanPlotTest {
    private static PlanRow row(int capacity, int limit, long p50, long p95, long p99) {
        return new PlanRow(capacity, limit, 1000, p50, p95, p95, p99, p99, 0.1, 0.05, 0.8);
    }

    private static final List<PlanRow> ROWS =
            List.of(
                    row(100, 5, 620_000, 5_400_000, 9_000_000),
                    row(150, 5, 12_000, 300_000, 900_000),
                    row(200, 5, 9_000, 40_000, 300_000),
                    row(100, 10, 610_000, 5_000_000, 8_000_000),
                    row(150, 10, 11_000, 120_000, 400_000),
                    row(200, 10, 9_000, 15_000, 30_000));

    /**
     * A change of the picture shows here; look at target/plan.svg and copy it when it is better.
     */
    @Test
    void drawsAsItDid() throws IOException {
        String svg = PlanPlot.of(ROWS, "1000 jobs of R&D in <2 h", 10);
        Files.writeString(Path.of("target/plan.svg"), svg);

        try (InputStream golden =
                Objects.requireNonNull(PlanPlotTest.class.getResourceAsStream("plan.svg"))) {
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.UTF_8), svg);
        }
    }

    @Test
    void oneRowWithoutNodesIsAPictureToo() {
        String svg = PlanPlot.of(List.of(row(1, 1, 0, 0, 0)), "nothing", 0);

        assertDoesNotThrow(
                () ->
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(svg))));
        assertEquals(-1, svg.indexOf("NaN"));
        assertEquals(-1, svg.indexOf("nodes"));
    }
}
