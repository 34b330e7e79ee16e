package dev.jitney.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.ghes.GhesConnection;
import dev.jitney.manifests.InvalidKustomization;
import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.install.NextSteps;
import dev.jitney.standalone.install.Preview;
import dev.jitney.standalone.install.Site;
import dev.jitney.standalone.install.SiteDirectory;
import dev.jitney.standalone.install.SiteSecrets;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a directory that can be applied to a cluster. */
@Command(
        name = "install",
        description = {
            "Looks at the cluster and at GHES, and makes a directory for kubectl apply -k with all",
            "that is special about your installation, secrets included. Applies nothing: it says",
            "what to run. Run again, it makes the same directory again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InstallCommand implements Callable<Integer> {
    private static final int PASSWORD_BYTES = 24;
    private static final int ORGANIZATIONS_TRIED = 20;

    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private InstallOptions options = new InstallOptions();

    @Mixin private RunnerOptions runnerOptions = new RunnerOptions();

    @Mixin private SecretOptions secretOptions = new SecretOptions();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "my-jitney",
            description = "The directory (${DEFAULT-VALUE}); what is in DIR/own stays yours.")
    private Path out = Path.of("");

    @Option(
            names = "--print",
            description = "Print what will be applied, without the values of Secrets.")
    private boolean print;

    @Option(names = "--no-check", description = "Do not look at the cluster and GHES before.")
    private boolean noCheck;

    @Override
    public Integer call() throws IOException {
        Project project = Project.current();
        Planned planned = Planned.of(project, options.broker());
        Site site =
                options.site(
                        secretOptions.isApp(),
                        runnerOptions.runners(
                                planned.setting("JITNEY_CLASSES"), secretOptions.ca().isPresent()));
        SiteDirectory directory = directory(project);
        Optional<String> kept = directory.password();
        String password =
                secretOptions.password().or(() -> kept).orElseGet(InstallCommand::newPassword);
        SiteSecrets secrets = secretOptions.secrets(password, site);
        if (!noCheck && !isFit(planned, site, secrets)) {
            throw new StartFailed(
                    "nothing was written; mend what FAIL says, or go on with --no-check");
        }
        SiteDirectory.Written written = directory.write(site, secrets);
        List<ObjectNode> rendered = rendered(directory);
        if (print) {
            spec.commandLine().getOut().print(Preview.yaml(rendered));
            spec.commandLine().getOut().flush();
        }
        PrintWriter words = words();
        words.printf(
                "%s: files written %d, as they were %d; objects to apply %d. Now run:%n",
                out, written.changed(), written.asBefore(), rendered.size());
        NextSteps.of(site, out, cluster.given()).forEach(step -> words.println("  " + step));
        words.println(
                "then let GHES know; ADDRESS is what the last command printed, or what you made of"
                        + " it (docs/install.md, step 5):");
        words.println("  " + NextSteps.webhook(site, out, secretOptions.ca()));
        words.flush();
        return 0;
    }

    /** Where people read; what is printed for programs stays alone. */
    private PrintWriter words() {
        return print ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    private SiteDirectory directory(Project project) throws IOException {
        try {
            return SiteDirectory.at(out, project.root());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static List<ObjectNode> rendered(SiteDirectory directory) {
        try {
            return directory.rendered();
        } catch (InvalidKustomization e) {
            throw new StartFailed("what was written cannot be applied: " + e.getMessage(), e);
        }
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private boolean isFit(Planned usual, Site site, SiteSecrets secrets) throws IOException {
        String classes = site.runners().classes().orElseGet(() -> usual.setting("JITNEY_CLASSES"));
        Planned planned =
                usual.with("JITNEY_CAPACITY", site.capacityText())
                        .with("JITNEY_CLASSES", classes)
                        .and(secrets.configMaps());
        planned = site.rabbitmq().map(planned::with).orElse(planned);
        List<Doctor.Result> results =
                new ArrayList<>(
                        cluster.examine(planned, ClusterOptions.Moment.BEFORE_INSTALLATION));
        results.addAll(examineGhes(site, secrets));
        return Findings.tell(words(), results, false) == 0;
    }

    /** Credentials as the functions will find them, for the time of the look. */
    private List<Doctor.Result> examineGhes(Site site, SiteSecrets secrets) throws IOException {
        Path credentials = Files.createTempDirectory("jitney-install");
        try {
            for (var file : secrets.ghesFiles().entrySet()) {
                Files.writeString(credentials.resolve(file.getKey()), file.getValue());
            }
            var access = new GhesConnection.Access(site.ghes(), credentials, secretOptions.ca());
            try (GhesConnection connection = GhesOptions.open(access)) {
                return Doctor.examine(
                        List.of(
                                GhesPart.of(
                                        connection,
                                        site.hook(),
                                        ORGANIZATIONS_TRIED,
                                        Optional.empty())));
            }
        } finally {
            for (String name : secrets.ghesFiles().keySet()) {
                Files.deleteIfExists(credentials.resolve(name));
            }
            Files.delete(credentials);
        }
    }
}
