package dev.jitney.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import dev.jitney.core.RunnerClass;
import dev.jitney.kubernetes.RunnerPodSpec;
import dev.jitney.kubernetes.RunnerPodTemplates;
import dev.jitney.standalone.system.StartFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a file of runner classes where nothing runs. */
@Command(
        name = "classes",
        description = {
            "Checks a file of runner classes, docs/runner-classes.md, and lists them, or prints the",
            "pod of one. Exits with 1 if something is wrong, and says where."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ClassesCommand implements Callable<Integer> {
    /** Replaced by picocli. */
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "YAML, what JITNEY_CLASSES holds.")
    private Path file = Path.of("");

    @Option(
            names = "--pod",
            paramLabel = "CLASS",
            description = "Print the pod that a runner of this class gets, as YAML.")
    private @Nullable String pod;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "jitney-runners",
            description = "Namespace of that pod (${DEFAULT-VALUE}).")
    private String namespace = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ClassFile classes = checked(file);
            if (pod == null) {
                classes.classes().forEach(each -> out.println(line(each)));
            } else {
                out.print(new RunnerPodTemplates(namespace, classes).yaml(example(pod)));
            }
        } catch (ClassesRefused e) {
            throw new StartFailed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        out.flush();
        return 0;
    }

    /**
     * The classes of a file, each with a pod that can be made.
     *
     * @throws IllegalArgumentException if there is no such file
     * @throws ClassesRefused with file, line and reason
     */
    static ClassFile checked(Path file) {
        String text;
        try {
            text = Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
        ClassFile classes = ClassFile.read(file.toString(), text);
        new RunnerPodTemplates("any", classes).check();
        return classes;
    }

    private static RunnerPodSpec example(String runnerClass) {
        return new RunnerPodSpec(
                runnerClass + "-1", "example", runnerClass, 1, "example/repository", 1);
    }

    private static String line(RunnerClass each) {
        String limit = each.limit() == Integer.MAX_VALUE ? "no limit" : "at most " + each.limit();
        String group = each.group().isEmpty() ? "" : ", group " + each.group();
        return "%-20s %s; %s%s"
                .formatted(each.name(), String.join(" ", each.labels()), limit, group);
    }
}
