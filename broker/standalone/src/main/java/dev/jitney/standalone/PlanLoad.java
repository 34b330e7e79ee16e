package dev.jitney.standalone;

import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.load.Journal;
import dev.jitney.simulation.load.Load;
import dev.jitney.simulation.load.LoadProfileYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The load of a comparison.
 *
 * @param about where it is from, in one line
 */
record PlanLoad(Load load, String about) {
    /**
     * The office day that belongs to a capacity and the limit of the options.
     *
     * @throws IllegalArgumentException if the capacity is below 1
     */
    static PlanLoad officeDay(SimulationOptions options, int capacity) {
        SimulationOptions day =
                new SimulationOptions(
                        options.organizations(),
                        capacity,
                        options.limit(),
                        options.hours(),
                        options.seed(),
                        options.faults(),
                        options.jobsMax());
        return new PlanLoad(
                Load.officeDay(day),
                "office day for capacity %d and limit %d, seed %d"
                        .formatted(capacity, options.limit(), options.seed()));
    }

    /**
     * A file: recorded jobs when its first line begins as a JSON object does, else a profile.
     *
     * @throws dev.jitney.simulation.load.LoadRefused with file, line and reason
     * @throws IOException if the file cannot be read as text
     */
    static PlanLoad of(Path file, long seed) throws IOException {
        String name = file.toString();
        try {
            if (!isJournal(file)) {
                Load load = LoadProfileYaml.read(name, Files.readString(file)).load(seed);
                return new PlanLoad(load, "profile " + name + ", seed " + seed);
            }
            try (Stream<String> lines = Files.lines(file)) {
                Journal journal = Journal.read(name, lines);
                return new PlanLoad(
                        journal.load(),
                        "journal %s, from %s; left out: %d that never ran, %d that had not ended"
                                .formatted(
                                        name,
                                        journal.begin(),
                                        journal.withoutRunner(),
                                        journal.open()));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static boolean isJournal(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .filter(line -> line.startsWith("{"))
                    .isPresent();
        }
    }

    /** How much there is to do. */
    String size() {
        double hours = load.workNanos() / 3.6e12;
        return String.format(
                Locale.ROOT,
                "%d jobs of %d organizations over %.1f h, work for %.1f runners if it came evenly",
                load.jobs().size(),
                load.organizations().size(),
                load.hours(),
                hours / load.hours());
    }
}
