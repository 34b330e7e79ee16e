package dev.jitney.simulation.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with the code is found by the simulation: each mutation breaks an invariant within
 * a few seeds, and the same code without the mutation breaks none in the same seeds.
 */
final class MutationTest {
    private static final int SEEDS = 10;
    private static final int AT_ONCE = 2;

    /** Real time: a mutant may go round in circles. */
    private static final long PATIENCE_SECONDS = 300;

    /** Held here, or its level is forgotten. */
    private static final Logger FUNCTIONS = Logger.getLogger("dev.jitney");

    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());

    @BeforeAll
    static void quiet() {
        FUNCTIONS.setLevel(Level.OFF);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    /** A mutation and what became of it. */
    private record Result(Mutation mutation, Optional<Caught> caught) {
        boolean isAsExpected() {
            return caught.filter(each -> mutation.expected().contains(each.invariant()))
                    .isPresent();
        }

        String row() {
            String by =
                    caught.map(
                                    each ->
                                            "`%s` | %d | %s | %d"
                                                    .formatted(
                                                            each.invariant(),
                                                            each.seed(),
                                                            each.at(),
                                                            each.jobs()))
                            .orElse("nothing | | |");
            return "| " + mutation.name() + " | " + mutation.day() + " | " + by + " |";
        }
    }

    @Test
    void everyMutationIsCaught(@TempDir Path directory)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Callable<Result>> runs = new ArrayList<>();
        for (Mutation mutation : Mutations.all()) {
            Path own = directory.resolve("mutation-" + runs.size());
            runs.add(
                    () ->
                            new Result(
                                    mutation,
                                    Mutant.run(own, mutation.edits(), mutation.day(), 1, SEEDS)));
        }
        List<Result> results = all(runs);

        System.out.println(
                "| mutation | day | caught by | seed | virtual time | jobs until then |");
        results.forEach(result -> System.out.println(result.row()));
        List<Result> missed = results.stream().filter(each -> !each.isAsExpected()).toList();
        assertTrue(
                missed.isEmpty(),
                () -> missed.stream().map(Result::toString).collect(Collectors.joining("\n")));
    }

    /** The control: the same files, compiled in the same way, with nothing changed in them. */
    @Test
    void unchangedCodeIsNotCaught(@TempDir Path directory)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Edit> unchanged = unchanged();
        List<Callable<Optional<Caught>>> runs = new ArrayList<>();
        for (Day day : Day.values()) {
            runs.add(() -> Mutant.run(directory.resolve(day.name()), unchanged, day, 1, SEEDS));
        }

        List<Optional<Caught>> caught = all(runs);

        assertTrue(caught.stream().allMatch(Optional::isEmpty), caught::toString);
    }

    /** Every edit of the table, without its change. */
    private static List<Edit> unchanged() {
        return Mutations.all().stream()
                .flatMap(mutation -> mutation.edits().stream())
                .map(edit -> new Edit(edit.file(), edit.from(), edit.from()))
                .distinct()
                .toList();
    }

    private static <T> List<T> all(List<Callable<T>> runs)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<T>> futures = runs.stream().map(THREADS::submit).toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    void theDocsNameEveryMutation() throws IOException {
        String docs = Sources.read("docs/simulation.md");

        for (Mutation mutation : Mutations.all()) {
            String row = "| " + mutation.name() + " | " + mutation.day() + " | ";
            assertTrue(docs.contains(row), () -> "docs/simulation.md lacks " + row);
        }
    }

    @Test
    void aMutationThatIsOutOfDateSaysSo() {
        var edit = new Edit("some/File.java", "a += 1;", "a += 2;");

        assertEquals("x; a += 2; y", edit.applied("x; a += 1; y"));
        for (String source : List.of("nothing of it", "a += 1; a += 1;")) {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> edit.applied(source));
            assertTrue(String.valueOf(refused.getMessage()).contains("some/File.java"));
        }
    }
}
