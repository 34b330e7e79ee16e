package dev.jitney.broker.dispatcher.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * A resource together with the place it came from, so that a check can say where the problem is.
 *
 * @param file path relative to the directory that was read
 */
record Loaded<T extends HasMetadata>(String file, T resource) {

    String namespace() {
        return Manifests.namespaceOf(resource);
    }

    String name() {
        return resource.getMetadata().getName();
    }

    String label() {
        return resource.getKind() + " " + namespace() + "/" + name();
    }

    /** Where a check reports to, beginning with this resource. */
    Report report(List<Problem> problems) {
        return new Report(problems, file, label(), "");
    }

    /** Collects problems of one field and, through {@link #at}, of the fields below it. */
    record Report(List<Problem> problems, String file, String label, String field) {

        Report at(String child) {
            boolean joinsDirectly = field.isEmpty() || child.startsWith("[");
            return new Report(problems, file, label, field + (joinsDirectly ? "" : ".") + child);
        }

        void add(String message) {
            problems.add(new Problem(file, label, field, message));
        }
    }
}
