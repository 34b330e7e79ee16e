package dev.jitney.standalone;

import dev.jitney.broker.dispatcher.manifest.GoDuration;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.store.PolicyYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The changes, one command each. */
final class PolicyChanges {
    private static final String LIMIT = "--limit";
    private static final String NUMBER = "N";
    private static final String NUMBER_MEANING =
            "Most runners at the same time; 'configured' takes it back.";
    private static final String PATTERN = "PATTERN";
    private static final String PATTERN_MEANING = "A login, or a pattern such as 'team-*'.";

    private PolicyChanges() {}

    /** Limits. */
    @Command(
            name = "set",
            description = "Sets a limit.",
            mixinStandardHelpOptions = true,
            subcommands = {SetOrganization.class, SetCapacity.class, SetClass.class})
    static final class Set implements Runnable {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(), "Missing command: organization, capacity or class");
        }
    }

    /** Limit of an organization. */
    @Command(
            name = "organization",
            description = "Sets the limit of an organization, or of every one without its own.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class SetOrganization extends PolicyChangeCommand {
        @Parameters(paramLabel = "ORG", description = "Its login; '*' for everybody.")
        private String organization = "";

        @Option(names = LIMIT, paramLabel = NUMBER, required = true, description = NUMBER_MEANING)
        private String limit = "";

        @Override
        PolicyEdit edit(Instant now) {
            return organization.equals("*")
                    ? new PolicyEdit.SetOrganizationLimit(number(limit))
                    : new PolicyEdit.SetLimit(PolicyEdit.organization(organization), number(limit));
        }
    }

    /** Capacity. */
    @Command(
            name = "capacity",
            description = "Sets the capacity of the cluster.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class SetCapacity extends PolicyChangeCommand {
        @Parameters(paramLabel = NUMBER, description = NUMBER_MEANING)
        private String capacity = "";

        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.SetCapacity(number(capacity));
        }
    }

    /** Limit of a class. */
    @Command(
            name = "class",
            description = "Sets the limit of a runner class.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class SetClass extends PolicyChangeCommand {
        @Parameters(paramLabel = "CLASS", description = "Its name.")
        private String name = "";

        @Option(names = LIMIT, paramLabel = NUMBER, required = true, description = NUMBER_MEANING)
        private String limit = "";

        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.SetClassLimit(runnerClass(name), number(limit));
        }
    }

    /** Nothing new. */
    @Command(
            name = "freeze",
            description = "Lets nothing new start; what runs runs on, what waits keeps its age.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Freeze extends PolicyChangeCommand {
        @Parameters(arity = "0..1", paramLabel = PATTERN, description = PATTERN_MEANING)
        private String organizations = "";

        @Option(names = "--class", paramLabel = "CLASS", description = "A runner class instead.")
        private String name = "";

        @Override
        PolicyEdit edit(Instant now) {
            return either(organizations, name, PolicyEdit.Freeze::new, PolicyEdit.FreezeClass::new);
        }
    }

    /** The end of a freeze. */
    @Command(
            name = "unfreeze",
            description = "Ends a freeze.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Unfreeze extends PolicyChangeCommand {
        @Parameters(arity = "0..1", paramLabel = PATTERN, description = "As it was frozen.")
        private String organizations = "";

        @Option(names = "--class", paramLabel = "CLASS", description = "A runner class instead.")
        private String name = "";

        @Override
        PolicyEdit edit(Instant now) {
            return either(
                    organizations, name, PolicyEdit.Unfreeze::new, PolicyEdit.UnfreezeClass::new);
        }
    }

    /** A higher limit for a while. */
    @Command(
            name = "boost",
            description = "Gives an organization a higher limit for a while, or ends it early.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Boost extends PolicyChangeCommand {
        @Parameters(paramLabel = "ORG", description = "Its login.")
        private String organization = "";

        @Option(
                names = LIMIT,
                paramLabel = NUMBER,
                description = "Most runners at the same time while it lasts.")
        private String limit = "";

        @Option(names = "--for", paramLabel = "DURATION", description = "For example 2h or 1h30m.")
        private String duration = "";

        @Option(names = "--end", description = "End it now.")
        private boolean end;

        @Override
        PolicyEdit edit(Instant now) {
            var name = PolicyEdit.organization(organization);
            if (end) {
                return new PolicyEdit.EndBoost(name);
            }
            if (limit.isEmpty() || duration.isEmpty()) {
                throw new IllegalArgumentException("write --limit N --for 2h, or --end");
            }
            OptionalInt number = number(limit);
            Duration lasts =
                    GoDuration.parse(duration)
                            .filter(Duration::isPositive)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "--for is '"
                                                            + duration
                                                            + "', not a duration such as 2h"));
            return new PolicyEdit.Boost(
                    name,
                    number.orElseThrow(
                            () -> new IllegalArgumentException("write --end to end a boost")),
                    now.plus(lasts));
        }
    }

    /** Runners for these. */
    @Command(
            name = "allow",
            description = {
                "Takes back a deny of the same pattern. If there is none, puts the pattern on the",
                "list of those that get runners, and others get none; '*' empties that list."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Allow extends PolicyChangeCommand {
        @Parameters(paramLabel = PATTERN, description = PATTERN_MEANING)
        private String organizations = "";

        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.Allow(pattern(organizations));
        }
    }

    /** No runners for these. */
    @Command(
            name = "deny",
            description = "Gives no runners: new jobs are left alone, jobs that wait stay waiting.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Deny extends PolicyChangeCommand {
        @Parameters(paramLabel = PATTERN, description = PATTERN_MEANING)
        private String organizations = "";

        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.Deny(pattern(organizations));
        }
    }

    /** Maintenance. */
    @Command(
            name = "drain",
            description = "Lets nothing new start anywhere, until resume.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Drain extends PolicyChangeCommand {
        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.Drain();
        }
    }

    /** The end of maintenance. */
    @Command(
            name = "resume",
            description = "Ends a drain.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Resume extends PolicyChangeCommand {
        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.Resume();
        }
    }

    /** A file. */
    @Command(
            name = "apply",
            description = {
                "Replaces all limits, freezes and lists by those of a file; what it leaves out is",
                "as configured. Boosts and a drain stay."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Apply extends PolicyChangeCommand {
        @Parameters(paramLabel = "FILE", description = "YAML, docs/policy.md.")
        private Path file = Path.of("");

        @Override
        PolicyEdit edit(Instant now) {
            return new PolicyEdit.Apply(PolicyYaml.read(file.toString(), text(file)), name(file));
        }

        private static String name(Path file) {
            Path name = file.getFileName();
            return name == null ? file.toString() : name.toString();
        }
    }

    /**
     * The text of a policy file.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    /**
     * The text of a policy file that makes sense.
     *
     * @throws IllegalArgumentException when it does not, or cannot be read
     */
    static String checked(Path file) {
        String text = text(file);
        try {
            var _ = PolicyYaml.read(file.toString(), text);
            return text;
        } catch (PolicyRefused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }
}
