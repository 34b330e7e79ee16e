package dev.jitney.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the images of all functions. Called by {@code ./mvnw package -Pimages}. */
@Command(name = "images", description = "Makes the images of all functions.")
public final class ImagesCommand implements Callable<Integer> {
    static final List<String> FUNCTIONS =
            List.of("webhook", "admission", "provisioner", "cleanup", "reconciler");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--project", required = true, description = "Root of the source tree.")
    private Path project = Path.of("");

    @Option(names = "--to", required = true, description = "Registry and path, or tar:DIRECTORY.")
    private String to = "";

    @Option(
            names = "--base",
            required = true,
            description = "Image with a JDK 25 java on its PATH, a tar://FILE, or scratch.")
    private String base = "";

    @Option(names = "--tag", required = true)
    private String tag = "";

    @Option(
            names = "--prefix",
            defaultValue = "",
            description = "What the name of each image begins with: jitney- makes jitney-webhook.")
    private String prefix = "";

    @Option(names = "--platforms", split = ",", defaultValue = "linux/amd64")
    private List<String> platforms = List.of();

    @Option(
            names = "--insecure",
            arity = "1",
            defaultValue = "false",
            description = "Also talk to a registry without TLS.")
    private boolean insecure;

    /** Exits with 1 when an image could not be made, 2 for options that make no sense. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            // In Maven's own process: an exit would end the build without a word.
            throw new IllegalStateException("images: exit code " + code + ", see above");
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new ImagesCommand())
                .setExecutionExceptionHandler(ImagesCommand::failed);
    }

    private static int failed(
            Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        Throwable cause =
                e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        commandLine.getErr().println("images: " + cause.getMessage());
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        if (!prefix.matches("[a-z0-9._-]*")) {
            throw refused("--prefix: '" + prefix + "'; write a-z, 0-9, '.', '_' and '-'");
        }
        Destination destination = destination();
        if (destination instanceof Destination.Archive(Path directory)) {
            Files.createDirectories(directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String function : FUNCTIONS) {
            JibContainer made = make(FunctionImage.in(project, function), destination);
            out.println(destination.name(prefix + function, tag) + "@" + made.getDigest());
        }
        return 0;
    }

    private JibContainer make(FunctionImage image, Destination destination)
            throws InvalidImageReferenceException,
                    InterruptedException,
                    RegistryException,
                    IOException,
                    CacheDirectoryCreationException,
                    ExecutionException {
        Containerizer to =
                destination
                        .containerizer(prefix + image.function(), tag)
                        .setToolName("jitney")
                        .setAllowInsecureRegistries(insecure);
        return image.over(from(), tag).containerize(to);
    }

    private JibContainerBuilder from() throws InvalidImageReferenceException {
        JibContainerBuilder builder = base.equals("scratch") ? Jib.fromScratch() : Jib.from(base);
        Set<Platform> wanted = new LinkedHashSet<>();
        for (String each : platforms) {
            String[] parts = each.split("/", -1);
            if (parts.length != 2) {
                throw refused("--platforms: '" + each + "'; write linux/amd64 or linux/arm64");
            }
            wanted.add(new Platform(parts[1], parts[0]));
        }
        return builder.setPlatforms(wanted);
    }

    private Destination destination() {
        try {
            return Destination.of(to);
        } catch (IllegalArgumentException e) {
            throw refused("--to: " + e.getMessage());
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
