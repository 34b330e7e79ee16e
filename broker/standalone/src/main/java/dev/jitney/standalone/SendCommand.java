package dev.jitney.standalone;

import dev.jitney.standalone.system.RunningSystem;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Posts a file as GHES posts a webhook. */
@Command(
        name = "send",
        description = {
            "Signs a file as GitHub Enterprise Server signs a webhook, and posts it.",
            "Prints the status and the body of the answer; exits with 0 if it is 2xx."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SendCommand implements Callable<Integer> {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The body, sent byte by byte.")
    private Path file = Path.of("");

    @Option(
            names = "--event",
            paramLabel = "NAME",
            defaultValue = "workflow_job",
            description = "Its X-GitHub-Event (${DEFAULT-VALUE}).")
    private String event = "workflow_job";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where to (the webhook of the system that is up).")
    private @Nullable URI url;

    @Option(
            names = "--secret-file",
            paramLabel = "F",
            description = "File with the secret (that of the system that is up).")
    private @Nullable Path secretFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to look for a system that is up (.jitney in the project).")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        byte[] body = body();
        URI to = url == null ? URI.create(fromSystem("webhook")) : url;
        if (to.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(), "--url is '" + to + "', not an http or https address");
        }
        Path secret = secretFile == null ? Path.of(fromSystem("webhookSecretFile")) : secretFile;
        try {
            HttpResponse<String> answer = new Delivery(event, body).send(to, firstLine(secret));
            System.out.println(answer.statusCode());
            if (!answer.body().isEmpty()) {
                System.out.println(answer.body());
            }
            return answer.statusCode() / 100 == 2 ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailed("cannot send to " + to + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "no connection" : e.getMessage();
    }

    private byte[] body() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + file);
        }
    }

    private String firstLine(Path secret) {
        try {
            return Files.readString(secret)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new StartFailed(secret + " is empty"));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + secret);
        }
    }

    private String fromSystem(String name) {
        Path where = data == null ? Project.current().defaultData() : data;
        Optional<RunningSystem> running = RunningSystem.on(where);
        return running.flatMap(system -> system.address(name))
                .orElseThrow(
                        () ->
                                new StartFailed(
                                        "no system is up on "
                                                + where
                                                + "; start one with ./jitney up, or give --url and"
                                                + " --secret-file"));
    }
}
