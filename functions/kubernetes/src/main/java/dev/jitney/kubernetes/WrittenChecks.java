package dev.jitney.kubernetes;

import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlWrong;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks what one part of the file says, a class or the defaults, beyond its types. Everything
 * throws {@link YamlWrong}.
 */
final class WrittenChecks {
    /** GitHub ends a job on a runner of one's own after five days. */
    private static final int MINUTES_MAX = 5 * 24 * 60;

    /** What IPv4 must carry, and what the largest frames do. */
    private static final int MTU_MIN = 576;

    private static final int MTU_MAX = 9216;

    private static final String IMAGE = "an image with its version";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile("(/[^/:\\s]+)+");

    private WrittenChecks() {}

    static void check(YamlField written) {
        written.given("maxMinutes").ifPresent(each -> each.whole(1, MINUTES_MAX));
        written.given("image").ifPresent(each -> each.as(IMAGE, ImagePin::requireRunner));
        written.given("env").ifPresent(TemplateChecks::environment);
        written.given("mounts").ifPresent(WrittenChecks::mounts);
        written.given("ca").ifPresent(WrittenChecks::configMap);
        written.given("dind").ifPresent(WrittenChecks::docker);
        written.given("kubernetes").ifPresent(WrittenChecks::hooks);
        written.given("template").ifPresent(TemplateChecks::check);
    }

    /** What belongs to the other mode would have no effect. */
    static void checkMode(YamlField written, boolean hasDocker) {
        String other = hasDocker ? "kubernetes" : "dind";
        written.given(other)
                .ifPresent(
                        each -> {
                            throw each.wrong(
                                    "'%s' has no effect in mode %s; take it out or write mode: %s"
                                            .formatted(
                                                    other,
                                                    hasDocker ? "dind" : "kubernetes",
                                                    other));
                        });
    }

    private static void docker(YamlField dind) {
        dind.given("image").ifPresent(each -> each.as(IMAGE, ImagePin::requirePinned));
        dind.given("disk").ifPresent(WrittenChecks::quantity);
        dind.given("workDisk").ifPresent(WrittenChecks::quantity);
        dind.given("mtu").ifPresent(each -> each.whole(MTU_MIN, MTU_MAX));
        dind.given("registryMirrors")
                .ifPresent(
                        list ->
                                list.items("a list of URLs")
                                        .forEach(each -> each.as("a URL", WrittenChecks::mirror)));
    }

    private static URI mirror(String text) {
        if (!text.matches("https?://[^\\s/@]+(/[^\\s@]*)?")) {
            throw new IllegalArgumentException(
                    "a registry mirror is a URL without a user, such as https://mirror.example.com");
        }
        return URI.create(text);
    }

    private static void hooks(YamlField kubernetes) {
        kubernetes.given("hookTemplate").ifPresent(WrittenChecks::configMap);
        kubernetes
                .given("work")
                .flatMap(work -> work.given("storage"))
                .ifPresent(WrittenChecks::quantity);
    }

    private static void quantity(YamlField field) {
        field.as("a quantity, such as 20Gi", text -> Quantity.parse(text).getNumericalAmount());
    }

    private static void configMap(YamlField field) {
        field.get("configMap").text("the name of a ConfigMap in the namespace of the runners");
    }

    private static void mounts(YamlField list) {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (YamlField each : list.items("a list of mounts, each beginning with '- name: '")) {
            YamlField name = each.get("name");
            if (!NAME.matcher(name.text("a name")).matches()) {
                throw name.wrong("a name is 1 to 63 of a-z, 0-9 and '-', '-' not at its ends");
            }
            only(name, PodParts.VOLUMES, names);
            YamlField path = each.get("mountPath");
            if (!PATH.matcher(path.text("a path")).matches()) {
                throw path.wrong("a path begins with '/', does not end with it and has no ':'");
            }
            only(path, PodParts.PATHS, paths);
            volume(each.get("volume"));
        }
    }

    private static void only(YamlField field, Set<String> ours, Set<String> seen) {
        String text = field.text("text");
        if (ours.contains(text)) {
            throw field.wrong("'" + text + "' is Jitney's own; take another");
        }
        if (!seen.add(text)) {
            throw field.wrong("'" + text + "' is there twice");
        }
    }

    private static void volume(YamlField volume) {
        if (volume.entries("one kind of volume").size() != 1 || volume.find("name").isPresent()) {
            throw volume.wrong(
                    "write one kind of volume, such as emptyDir: {} or persistentVolumeClaim:"
                            + " {claimName: cache}");
        }
        StrictJson.check(StrictJson.tree(volume.plain()), Volume.class, volume);
    }
}
