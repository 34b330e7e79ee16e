package dev.jitney.standalone;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import dev.jitney.simulation.Attempt;
import dev.jitney.simulation.Seeds;
import dev.jitney.simulation.Shrinking;
import dev.jitney.simulation.SimulationFaults;
import dev.jitney.simulation.SimulationOptions;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.load.Load;
import dev.jitney.simulation.load.LoadRefused;
import dev.jitney.standalone.simulate.PlanPlot;
import dev.jitney.standalone.simulate.SimulationJson;
import dev.jitney.standalone.simulate.SimulationText;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Runs the whole system in virtual time and checks every invariant after every step. */
@Command(
        name = "simulate",
        description = {
            "Runs the whole system in virtual time from one seed and checks every invariant after",
            "every step. The same seed gives the same run. Exit code 1 when an invariant breaks."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final Duration SHRINKING = Duration.ofMinutes(2);

    /** Held here, or its level is forgotten: functions warn of each fault they meet. */
    private static final Logger FUNCTIONS = Logger.getLogger("dev.jitney");

    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--orgs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Organizations that share the load, unequally (${DEFAULT-VALUE}).")
    private int orgs;

    @Option(
            names = "--capacity",
            paramLabel = "N,...",
            hideParamSyntax = true,
            split = ",",
            defaultValue = "200",
            description =
                    "Most runners of the cluster (${DEFAULT-VALUE}); the load grows with it."
                            + " Several are compared under the same load.")
    private List<Integer> capacity = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N,...",
            hideParamSyntax = true,
            split = ",",
            defaultValue = "10",
            description = "Most runners of one organization (${DEFAULT-VALUE}), or several.")
    private List<Integer> limit = new ArrayList<>();

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "10",
            description =
                    "Virtual hours over which jobs arrive and faults strike (${DEFAULT-VALUE}).")
    private double hours;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same run (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "All these seeds, as many at a time as there are cores.")
    private @Nullable String seeds;

    @Option(
            names = "--faults",
            paramLabel = "off|light|heavy",
            defaultValue = "off",
            description = "What goes wrong on purpose (${DEFAULT-VALUE}): docs/simulation.md.")
    private String faults = "off";

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Of these faults only the named kinds.")
    private List<Fault> only = new ArrayList<>();

    @Option(
            names = "--first-jobs",
            paramLabel = "N",
            description = "Only the first N jobs of the load arrive.")
    private @Nullable Integer firstJobs;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the runs there, too.")
    private @Nullable Path json;

    /** Filled by picocli. */
    @Mixin private PlanOptions planning = new PlanOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        SimulationOptions options = options();
        if (planning.isAsked() || capacity.size() > 1 || limit.size() > 1) {
            return plan(options);
        }
        long[] range = range();
        int atOnce =
                (int) Math.min(range[1] - range[0] + 1, Runtime.getRuntime().availableProcessors());
        Seeds.prepare(atOnce);
        FUNCTIONS.setLevel(Level.OFF);
        Manifests manifests = Project.current().manifests();
        List<Attempt> attempts = new ArrayList<>();
        long begun = System.nanoTime();
        Seeds.run(
                options,
                range[0],
                range[1],
                atOnce,
                manifests,
                attempt -> {
                    show(attempt, range[0] == range[1]);
                    attempts.add(attempt);
                });
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d runs, %d at a time: %.1f s, %.1f s a run%n",
                attempts.size(),
                atOnce,
                seconds,
                seconds / attempts.size());
        if (json != null) {
            JsonArray all = new JsonArray();
            attempts.forEach(attempt -> all.add(SimulationJson.of(attempt)));
            Files.writeString(json, all.encodePrettily() + "\n");
        }
        return shrinkFirst(attempts, manifests) ? 1 : 0;
    }

    private int plan(SimulationOptions options) throws InterruptedException, IOException {
        refuseWhatDoesNotFit();
        PlanLoad load = load(options);
        List<SimulationOptions> cells = new ArrayList<>();
        for (int some : new TreeSet<>(limit)) {
            for (int runners : new TreeSet<>(capacity)) {
                cells.add(cell(load.load(), runners, some, options));
            }
        }
        int atOnce = Math.min(cells.size(), Runtime.getRuntime().availableProcessors());
        Seeds.prepare(atOnce);
        FUNCTIONS.setLevel(Level.OFF);
        boolean held =
                new PlanRun(load, cells, planning, json)
                        .run(atOnce, Project.current().manifests(), spec.commandLine().getOut());
        return held ? 0 : 1;
    }

    private SimulationOptions cell(Load load, int runners, int some, SimulationOptions options) {
        try {
            return load.options(runners, some, options.seed(), options.faults(), options.jobsMax());
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private void refuseWhatDoesNotFit() {
        ParseResult said = spec.commandLine().getParseResult();
        if (seeds != null) {
            throw refusal("--seeds does not go with a comparison; write --seed");
        }
        for (String other : List.of("--orgs", "--hours", "--load-for")) {
            if (planning.profile != null && said.hasMatchedOption(other)) {
                throw refusal(other + " does not go with --profile, which says it");
            }
        }
        if (planning.runnersPerNode != null && planning.runnersPerNode < 1) {
            throw refusal("--runners-per-node must be at least 1");
        }
        if (planning.svg != null && new TreeSet<>(limit).size() > PlanPlot.LIMITS_MAX) {
            throw refusal("--svg shows at most " + PlanPlot.LIMITS_MAX + " limits");
        }
        for (Path file : Stream.of(json, planning.svg).filter(Objects::nonNull).toList()) {
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
                throw refusal("cannot write " + file);
            }
        }
    }

    private PlanLoad load(SimulationOptions options) {
        Path file = planning.profile;
        if (file == null) {
            int loaded = planning.loadFor == null ? options.capacity() : planning.loadFor;
            if (loaded < 1) {
                throw refusal("--load-for must be at least 1");
            }
            return PlanLoad.officeDay(options, loaded);
        }
        try {
            return PlanLoad.of(file, seed);
        } catch (IOException _) {
            throw refusal("--profile: cannot read " + file + " as text");
        } catch (LoadRefused e) {
            throw refusal("--profile: " + e.getMessage());
        }
    }

    private void show(Attempt attempt, boolean alone) {
        switch (attempt) {
            case Attempt.Passed passed -> {
                System.out.println(SimulationText.line(passed.report()));
                if (alone) {
                    System.out.print(SimulationText.full(passed.report()));
                }
            }
            case Attempt.Failed failed -> System.out.print(SimulationText.failure(failed, faults));
        }
    }

    /** True when there is a failure. Of several the first is made shorter. */
    private boolean shrinkFirst(List<Attempt> attempts, Manifests manifests)
            throws InterruptedException {
        List<Attempt.Failed> failures =
                attempts.stream()
                        .filter(Attempt.Failed.class::isInstance)
                        .map(Attempt.Failed.class::cast)
                        .toList();
        System.out.println(attempts.size() + " runs, " + failures.size() + " failed");
        if (failures.isEmpty()) {
            return false;
        }
        Attempt.Failed first = failures.getFirst();
        System.out.println("looking for a shorter run of seed " + first.options().seed());
        Attempt.Failed shortest =
                Shrinking.shrink(
                        first,
                        shorter -> Attempt.of(shorter, manifests),
                        InstantSource.system(),
                        SHRINKING,
                        progress -> System.out.println("  " + progress));
        System.out.print(SimulationText.failure(shortest, faults));
        return true;
    }

    private SimulationOptions options() {
        if (json != null && Files.isDirectory(json)) {
            throw refusal("--json: cannot write " + json);
        }
        try {
            SimulationFaults rates = SimulationFaults.of(faults);
            return new SimulationOptions(
                    orgs,
                    capacity.getFirst(),
                    limit.getFirst(),
                    hours,
                    seed,
                    only.isEmpty() ? rates : rates.only(only),
                    firstJobs == null ? Integer.MAX_VALUE : firstJobs);
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private long[] range() {
        if (seeds == null) {
            return new long[] {seed, seed};
        }
        Matcher range = RANGE.matcher(seeds);
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw refusal("--seeds is '" + seeds + "', not A..B");
        }
        return new long[] {Long.parseLong(range.group(1)), Long.parseLong(range.group(2))};
    }

    private ParameterException refusal(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
