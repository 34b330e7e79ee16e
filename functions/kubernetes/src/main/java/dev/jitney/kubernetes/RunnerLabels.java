package dev.jitney.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and annotations by which a runner pod and its Secret are known again. Labels are for
 * selecting and may be shortened; annotations carry the exact text where that happened.
 */
final class RunnerLabels {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "jitney";
    static final String RUNNER_ID = "jitney.dev/runner-id";

    /** Only on runners with container hooks: what knative/components/container-hooks selects. */
    static final String MODE = "jitney.dev/mode";

    static final String HOOKS = "kubernetes";

    private static final String NAME = "app.kubernetes.io/name";
    private static final String ORGANIZATION = "jitney.dev/organization";
    private static final String CLASS = "jitney.dev/class";
    private static final String RUNNER = "jitney.dev/runner";
    private static final String JOB = "jitney.dev/job";
    private static final String REPOSITORY = "jitney.dev/repository";
    private static final String JOB_CREATED_AT = "jitney.dev/job-created-at";
    private static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    private static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";

    private RunnerLabels() {}

    static SortedMap<String, String> labels(RunnerPodSpec spec) {
        SortedMap<String, String> labels = ours(spec.runner());
        labels.put(ORGANIZATION, LabelValue.of(spec.organization()));
        labels.put(CLASS, LabelValue.of(spec.runnerClass()));
        labels.put(JOB, Long.toString(spec.jobId()));
        return labels;
    }

    /** The labels that pod and Secret share. */
    static SortedMap<String, String> ours(String runner) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(MANAGED_BY, MANAGER);
        labels.put(NAME, "runner");
        labels.put(RUNNER, LabelValue.of(runner));
        return labels;
    }

    static SortedMap<String, String> annotations(RunnerPodSpec spec) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(RUNNER_ID, Long.toString(spec.runnerId()));
        annotations.put(REPOSITORY, spec.repository());
        spec.jobCreatedAt()
                .ifPresent(created -> annotations.put(JOB_CREATED_AT, created.toString()));
        annotations.put(SAFE_TO_EVICT, "false");
        annotations.put(DO_NOT_DISRUPT, "true");
        putIfShortened(annotations, ORGANIZATION, spec.organization());
        putIfShortened(annotations, CLASS, spec.runnerClass());
        return annotations;
    }

    /** Where somebody erased the label, its job's repository says it. */
    static String organization(ObjectMeta pod) {
        String label = exact(pod, ORGANIZATION);
        String repository = repository(pod);
        int slash = repository.indexOf('/');
        return label.isBlank() && slash > 0
                ? repository.substring(0, slash).toLowerCase(Locale.ROOT)
                : label;
    }

    static String runnerClass(ObjectMeta pod) {
        return exact(pod, CLASS);
    }

    static long jobId(ObjectMeta pod) {
        return number(pod.getLabels(), JOB);
    }

    static String repository(ObjectMeta pod) {
        return pod.getAnnotations().getOrDefault(REPOSITORY, "");
    }

    /** Empty also where somebody wrote something else. */
    static Optional<Instant> jobCreatedAt(ObjectMeta pod) {
        try {
            return Optional.ofNullable(pod.getAnnotations().get(JOB_CREATED_AT))
                    .map(Instant::parse);
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    static long runnerId(ObjectMeta pod) {
        return number(pod.getAnnotations(), RUNNER_ID);
    }

    private static void putIfShortened(Map<String, String> annotations, String key, String text) {
        if (!LabelValue.of(text).equals(text)) {
            annotations.put(key, text);
        }
    }

    private static String exact(ObjectMeta pod, String key) {
        String label = pod.getLabels().getOrDefault(key, "");
        return pod.getAnnotations().getOrDefault(key, label);
    }

    /** People can edit labels: one that is no number any more must not stop a listing. */
    private static long number(Map<String, String> values, String key) {
        String value = values.getOrDefault(key, "");
        return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
