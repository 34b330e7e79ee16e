package dev.jitney.simulation.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.ghes.JobPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Jobs that really were, replayed exactly: docs/capacity-planning.md has the format.
 *
 * @param load the first job arrives at the beginning, the others as much later as they did
 * @param begin when the first job arrived
 * @param withoutRunner jobs that ended without a runner, as skipped ones do; they are left out
 * @param open jobs that are told of, but not how they ended; they are left out
 */
public record Journal(Load load, Instant begin, int withoutRunner, int open) {
    private static final Duration LONGEST = Duration.ofHours(100);

    /**
     * Reads lines in any order. A job that is told of twice counts once.
     *
     * @param name of the file, for the message
     * @throws LoadRefused with file, line and reason
     */
    public static Journal read(String name, Stream<String> lines) {
        Reader reader = new Reader();
        int number = 0;
        for (Iterator<String> all = lines.iterator(); all.hasNext(); ) {
            String line = all.next();
            number++;
            try {
                reader.line(line.strip());
            } catch (JournalLine.Wrong wrong) {
                throw new LoadRefused(name + " line " + number + ": " + wrong.getMessage());
            }
        }
        if (reader.jobs.isEmpty()) {
            throw new LoadRefused(name + " line " + number + ": no line tells of a job that ran");
        }
        return reader.journal(name);
    }

    private static final class Reader {
        private final ObjectMapper mapper = new ObjectMapper();
        private final List<JournalLine.Ran> jobs = new ArrayList<>();
        private final Set<Long> ended = new HashSet<>();
        private final Set<Long> seen = new HashSet<>();
        private int withoutRunner;

        void line(String text) {
            if (text.isEmpty()) {
                return;
            }
            switch (JournalLine.of(parsed(text))) {
                case JournalLine.Ran ran -> {
                    if (ran.id() == 0 || ended.add(ran.id())) {
                        jobs.add(ran);
                    }
                }
                case JournalLine.WithoutRunner(long id) -> {
                    if (ended.add(id)) {
                        withoutRunner++;
                    }
                }
                case JournalLine.Open(long id) -> seen.add(id);
            }
        }

        private JsonNode parsed(String text) {
            try {
                return mapper.readTree(text);
            } catch (JsonProcessingException e) {
                throw new JournalLine.Wrong("this is not JSON: " + e.getOriginalMessage());
            }
        }

        Journal journal(String name) {
            jobs.sort(
                    Comparator.comparing(JournalLine.Ran::createdAt)
                            .thenComparingLong(JournalLine.Ran::id));
            Instant begin = jobs.getFirst().createdAt();
            Duration all = Duration.between(begin, jobs.getLast().createdAt());
            if (all.compareTo(LONGEST) >= 0) {
                throw new LoadRefused(
                        name
                                + ": the jobs arrive over "
                                + all.toHours()
                                + " hours; leave the lines of at most "
                                + LONGEST.toHours());
            }
            double hours = (all.toMinutes() + 1) / 60.0;
            seen.removeAll(ended);
            return new Journal(
                    new Load(organizations(name), plans(begin), hours),
                    begin,
                    withoutRunner,
                    seen.size());
        }

        private List<String> organizations(String name) {
            Set<String> logins = new TreeSet<>();
            jobs.forEach(job -> logins.add(job.organization()));
            if (logins.size() > 9_999) {
                throw new LoadRefused(name + ": more than 9999 organizations have jobs");
            }
            return List.copyOf(logins);
        }

        private List<JobPlan> plans(Instant begin) {
            Map<String, Integer> runs = new HashMap<>();
            List<JobPlan> plans = new ArrayList<>();
            for (JournalLine.Ran job : jobs) {
                // A line without a run is a run of its own.
                int run =
                        job.run() == 0
                                ? runs.size() + plans.size() + 1
                                : runs.computeIfAbsent(
                                        job.repository() + " " + job.run(),
                                        _ -> runs.size() + plans.size() + 1);
                plans.add(
                        new JobPlan(
                                Duration.between(begin, job.createdAt()).toNanos(),
                                run,
                                job.organization(),
                                job.repository(),
                                Math.max(Nanos.MILLI, job.duration().toNanos()),
                                0,
                                -1,
                                false,
                                false));
            }
            return plans;
        }
    }
}
