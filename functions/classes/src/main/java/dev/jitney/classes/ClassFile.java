package dev.jitney.classes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlField.Entry;
import dev.jitney.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The runner classes as operators write them, docs/runner-classes.md.
 *
 * <p>Reading it checks what decides who gets which job: names, labels, limits and groups, and that
 * every class can be reached. What a class says of its pod is only read by who makes pods.
 *
 * @param name of the file, for messages
 * @param defaults what every class has that does not say otherwise; nothing if there are none
 * @param entries in order of preference, at least one
 */
public record ClassFile(String name, YamlField defaults, List<ClassEntry> entries) {
    /** Linux gives one variable of the environment no more than 128 KiB. */
    private static final int BYTES_MAX = 100 * 1024;

    private static final int LABELS_MAX = 100;
    private static final int LABEL_CHARS_MAX = 256;

    /** What a class says of its pods. */
    private static final List<String> POD =
            List.of(
                    "mode",
                    "maxMinutes",
                    "image",
                    "resources",
                    "env",
                    "mounts",
                    "ca",
                    "dind",
                    "kubernetes",
                    "template");

    private static final List<String> OWN = List.of("name", "labels", "limit", "runnerGroup");

    public ClassFile {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for messages
     * @throws ClassesRefused with file, line and reason
     */
    public static ClassFile read(String name, String text) {
        int bytes = text.getBytes(UTF_8).length;
        if (bytes > BYTES_MAX) {
            throw new ClassesRefused(
                    name
                            + ": these are "
                            + bytes
                            + " bytes; write at most "
                            + BYTES_MAX
                            + ", and what classes share into defaults");
        }
        return YamlFile.read(name, text, root -> of(name, root), ClassesRefused::new);
    }

    /**
     * Reads more of what a class says.
     *
     * @throws ClassesRefused with file, line and reason where the reading finds something wrong
     */
    public <T> T reading(Supplier<T> reading) {
        return YamlFile.located(name, reading, ClassesRefused::new);
    }

    /** The classes in order of preference. */
    public List<RunnerClass> classes() {
        return entries.stream().map(ClassEntry::runnerClass).toList();
    }

    /** Whether the jobs of a class get pods of their own, by container hooks. */
    public boolean usesHooks(ClassEntry entry) {
        return entry.written()
                .given("mode")
                .or(() -> defaults.given("mode"))
                .filter(mode -> mode.text("a mode").equals("kubernetes"))
                .isPresent();
    }

    private static ClassFile of(String name, YamlField root) {
        root.only("defaults", "classes");
        YamlField defaults = root.find("defaults").orElseGet(YamlField::nothing);
        defaults.only(POD.toArray(String[]::new));
        YamlField list = root.get("classes");
        List<ClassEntry> entries = new ArrayList<>();
        for (YamlField each : list.items("a list of classes, each beginning with '- name: '")) {
            ClassEntry entry = new ClassEntry(runnerClass(each), each);
            entries.forEach(earlier -> requireReachable(entry, earlier));
            entries.add(entry);
        }
        if (entries.isEmpty()) {
            throw list.wrong("there is no class; begin one with '- name: '");
        }
        return new ClassFile(name, defaults, entries);
    }

    private static RunnerClass runnerClass(YamlField written) {
        written.only(Stream.concat(OWN.stream(), POD.stream()).toArray(String[]::new));
        return new RunnerClass(
                written.get("name").as("the name of the class", RunnerClassName::new),
                labels(written.get("labels")),
                written.find("limit")
                        .map(limit -> limit.whole(0, Integer.MAX_VALUE))
                        .orElse(Integer.MAX_VALUE),
                written.find("runnerGroup").map(ClassFile::group).orElse(""));
    }

    private static String group(YamlField field) {
        String group = field.text("the name of a runner group").strip();
        if (group.isEmpty()) {
            throw field.wrong("write the name of a runner group, or leave runnerGroup out");
        }
        return group;
    }

    private static List<String> labels(YamlField list) {
        String what = "a list of labels, for example [self-hosted, linux, x64]";
        List<String> labels = new ArrayList<>();
        for (YamlField each : list.items(what)) {
            String label = each.text("a label");
            if (label.isBlank() || label.length() > LABEL_CHARS_MAX || label.contains(",")) {
                throw each.wrong(
                        "'%s' is no label: 1 to %d characters without a comma"
                                .formatted(label, LABEL_CHARS_MAX));
            }
            labels.add(label.strip());
        }
        if (labels.isEmpty() || labels.size() > LABELS_MAX) {
            throw list.wrong("these are " + labels.size() + " labels; write 1 to " + LABELS_MAX);
        }
        return labels;
    }

    /** A job takes the first class that has all its labels. */
    private static void requireReachable(ClassEntry entry, ClassEntry earlier) {
        RunnerClass later = entry.runnerClass();
        RunnerClass first = earlier.runnerClass();
        if (later.name().equals(first.name())) {
            throw entry.written()
                    .get("name")
                    .wrong(
                            "class '%s' is there twice, first on line %d"
                                    .formatted(later.name(), earlier.written().line()));
        }
        if (new HashSet<>(first.labels()).containsAll(later.labels())) {
            throw entry.written()
                    .get("labels")
                    .wrong(
                            ("no job can get class '%s': '%s' on line %d has all its labels and"
                                            + " comes first; put '%s' before it, or give it a label"
                                            + " of its own")
                                    .formatted(
                                            later.name(),
                                            first.name(),
                                            earlier.written().line(),
                                            later.name()));
        }
    }

    /** The keys and values that are about the pods. */
    public static List<Entry> aboutPods(YamlField written) {
        return written.entries("a class").stream()
                .filter(each -> POD.contains(each.name()))
                .toList();
    }
}
