package dev.jitney.standalone;

import dev.jitney.core.Organization;
import dev.jitney.core.policy.AuditEntry;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyStore;
import dev.jitney.core.policy.PolicyWords;
import dev.jitney.store.PolicyYaml;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What operators allow, shown and changed while the system runs. */
@Command(
        name = "policy",
        description = {
            "Shows and changes what is allowed while the system runs. A limit below what runs ends",
            "nothing; nothing new starts until enough has ended."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyCommand.Show.class,
            PolicyCommand.Log.class,
            PolicyCommand.Export.class,
            PolicyChanges.Set.class,
            PolicyChanges.Freeze.class,
            PolicyChanges.Unfreeze.class,
            PolicyChanges.Boost.class,
            PolicyChanges.Allow.class,
            PolicyChanges.Deny.class,
            PolicyChanges.Drain.class,
            PolicyChanges.Resume.class,
            PolicyChanges.Apply.class
        })
final class PolicyCommand implements Runnable {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: "
                        + String.join(
                                ", ", spec.subcommands().keySet().stream().sorted().toList()));
    }

    /** What holds for whom. */
    @Command(
            name = "show",
            description = "Says what holds for whom, and till when.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Show implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private PolicyPlace place = new PolicyPlace();

        @Parameters(
                arity = "0..1",
                paramLabel = "ORG",
                description = "Only what holds for this organization.")
        private @Nullable String organization;

        @Override
        public Integer call() {
            Organization only = organization == null ? null : organization(spec, organization);
            PolicyDocument document = place.at(PolicyStore::read);
            Instant now = Instant.now();
            List<String> lines =
                    only == null
                            ? PolicyWords.everything(document, now)
                            : PolicyWords.of(only, document, now);
            PrintWriter out = spec.commandLine().getOut();
            out.println("revision " + document.revision());
            lines.forEach(out::println);
            out.flush();
            return 0;
        }
    }

    /** What operators decided, as a file. */
    @Command(
            name = "export",
            description = {
                "Prints a policy file that says what holds, for `policy apply`. Boosts and a drain are",
                "of the moment and in no file."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Export implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private PolicyPlace place = new PolicyPlace();

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            out.print(PolicyYaml.write(place.at(PolicyStore::read).settings()));
            out.flush();
            return 0;
        }
    }

    /** Who changed what. */
    @Command(
            name = "log",
            description = "Lists the last changes, the latest first.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Log implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private PolicyPlace place = new PolicyPlace();

        @Option(
                names = "--last",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many (${DEFAULT-VALUE}).")
        private int last = 20;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            place.at(PolicyStore::read).log().stream()
                    .limit(Math.max(0, last))
                    .map(Log::line)
                    .forEach(out::println);
            out.flush();
            return 0;
        }

        private static String line(AuditEntry entry) {
            String why = entry.why().isEmpty() ? "" : " (" + entry.why() + ")";
            return "%d %s %s: %s%s"
                    .formatted(entry.revision(), entry.when(), entry.who(), entry.what(), why);
        }
    }

    /** One organization as written on the command line. */
    static Organization organization(CommandSpec spec, String login) {
        try {
            return PolicyEdit.organization(login);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
