package dev.jitney.standalone;

import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 done, 1 it could not be done or something broke, 2 the command
 * line makes no sense.
 */
@Command(
        name = "jitney",
        description = "Just-in-time GitHub runners, the whole system on this machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Jitney.Version.class,
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SimulateCommand.class,
            SendCommand.class,
            PolicyCommand.class,
            ClassesCommand.class,
            WebhookCommand.class,
            DoctorCommand.class,
            InstallCommand.class
        })
final class Jitney implements Runnable {
    private static final int REFUSED = 2;

    /** Tells on every connection what it connected to. Held here, or its level is forgotten. */
    private static final Logger INFINISPAN = Logger.getLogger("org.infinispan");

    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    private Jitney() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        INFINISPAN.setLevel(Level.SEVERE);
        // Libraries that log by SLF4J have nothing to say here, not even that nobody listens.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Jitney());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Jitney::refuse);
        line.setExecutionExceptionHandler(Jitney::fail);
        // Only what tells that it was not understood; the rest is in --help.
        line.setUnmatchedOptionsArePositionalParams(false);
        return line;
    }

    private static int refuse(ParameterException refused, String[] arguments) {
        CommandLine command = refused.getCommandLine();
        say(
                command,
                "%s (see ./%s --help)"
                        .formatted(
                                oneLine(refused.getMessage()),
                                command.getCommandSpec().qualifiedName()));
        return REFUSED;
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult result)
            throws Exception {
        if (failure instanceof StartFailed) {
            say(command, oneLine(failure.getMessage()));
            return 1;
        }
        throw failure;
    }

    private static void say(CommandLine command, String text) {
        PrintWriter err = command.getErr();
        err.println("jitney: " + text);
        err.flush();
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", "; ").strip();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: up, demo, simulate, send, policy, classes, webhook, doctor or install");
    }

    /** What the build wrote. */
    static String version() {
        try (InputStream in = Jitney.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"jitney " + version()};
        }
    }
}
