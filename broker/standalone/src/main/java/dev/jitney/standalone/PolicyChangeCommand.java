package dev.jitney.standalone;

import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.standalone.system.StartFailed;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A change of the policy: stores it, and tells the broker. */
abstract class PolicyChangeCommand implements Callable<Integer> {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private PolicyPlace place = new PolicyPlace();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the log.")
    private String reason = "";

    @Option(names = "--as", paramLabel = "NAME", description = "Who, for the log (${user.name}).")
    private String who = System.getProperty("user.name", "unknown");

    /**
     * What is to be different.
     *
     * @throws IllegalArgumentException when the command line makes no sense
     */
    abstract PolicyEdit edit(Instant now);

    private record Done(PolicyDocument document, PolicyDocument.Outcome outcome) {}

    @Override
    public Integer call() throws InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        PolicyChange change = change(now);
        Optional<URI> broker = place.broker();
        Done done =
                place.at(
                        store ->
                                store.update(
                                        before -> {
                                            var step = before.with(change);
                                            return new Step<>(
                                                    step.next(),
                                                    new Done(step.next(), step.result()));
                                        }));
        PrintWriter out = spec.commandLine().getOut();
        if (done.outcome() == PolicyDocument.Outcome.UNCHANGED) {
            out.println("holds already: " + change.edit().words());
        } else {
            out.println("revision " + done.document().revision() + ": " + change.edit().words());
            announce(change, done.document().revision(), broker);
        }
        out.flush();
        return 0;
    }

    private PolicyChange change(Instant now) {
        try {
            return new PolicyChange(UUID.randomUUID().toString(), edit(now), who, now, reason);
        } catch (PolicyRefused refused) {
            throw new StartFailed(String.valueOf(refused.getMessage()), refused);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void announce(PolicyChange change, long revision, Optional<URI> broker)
            throws InterruptedException {
        boolean told =
                broker.isPresent()
                        && new PolicyAnnouncement(change.id(), revision, change.when())
                                .send(broker.get());
        if (!told) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(
                    "jitney: it holds, but the broker was not told: whoever may have more now is"
                            + " served by the next tick");
            err.flush();
        }
    }

    static OrganizationPattern pattern(String text) {
        return new OrganizationPattern(text);
    }

    static RunnerClassName runnerClass(String text) {
        return new RunnerClassName(text);
    }

    /** A number from 0; {@code configured} takes a decision back. */
    static OptionalInt number(String text) {
        if (text.equals("configured")) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException _) {
            // Reported below, like a negative number.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is neither a whole number from 0 nor 'configured'");
    }

    /** Exactly one of two. */
    static PolicyEdit either(
            String organizations,
            String runnerClass,
            Function<OrganizationPattern, PolicyEdit> ofOrganizations,
            Function<RunnerClassName, PolicyEdit> ofClass) {
        if (organizations.isEmpty() == runnerClass.isEmpty()) {
            throw new IllegalArgumentException("name organizations or a --class");
        }
        return runnerClass.isEmpty()
                ? ofOrganizations.apply(pattern(organizations))
                : ofClass.apply(runnerClass(runnerClass));
    }
}
