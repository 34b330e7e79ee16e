package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.ServiceRef;
import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.fabric8.knative.pkg.tracker.Reference;
import io.fabric8.knative.sources.v1.SinkBinding;
import io.fabric8.knative.sources.v1.SinkBindingSpec;

/** Checks of SinkBindings. */
final class SinkBindingChecks {
    private SinkBindingChecks() {}

    static void check(SinkBinding binding, References references, Report report) {
        String namespace = Manifests.namespaceOf(binding);
        SinkBindingSpec spec = binding.getSpec();
        if (spec == null) {
            report.add("is missing: a SinkBinding needs subject and sink");
            return;
        }
        references.check(spec.getSink(), namespace, report.at("sink"));
        if (spec.getSink() != null
                && spec.getSink().getRef() != null
                && "Service".equals(spec.getSink().getRef().getKind())) {
            report.at("sink.ref")
                    .add("names a Service, which has no fixed address here: name a Broker");
        }
        ResourceChecks.checkOverrides(spec.getCeOverrides(), report.at("ceOverrides.extensions"));
        checkSubject(spec.getSubject(), namespace, references, report.at("subject"));
    }

    private static void checkSubject(
            Reference subject, String namespace, References references, Report report) {
        if (subject == null) {
            report.add("is missing: name the Service that gets K_SINK");
            return;
        }
        String other = subject.getNamespace();
        if (other != null && !other.isEmpty() && !other.equals(namespace)) {
            report.at("namespace").add("must be the namespace of the SinkBinding, " + namespace);
        }
        if (subject.getSelector() != null) {
            report.at("selector").add("has no local stand-in: use name");
        } else if (!"Service".equals(subject.getKind())
                || !"serving.knative.dev/v1".equals(subject.getApiVersion())) {
            report.at("kind").add("must be Service of serving.knative.dev/v1");
        } else if (ResourceChecks.isBlank(subject.getName())) {
            report.at("name").add("is missing");
        } else if (!references.hasService(namespace, subject.getName())) {
            report.at("name").add("names no Service: " + namespace + "/" + subject.getName());
        } else if (references.hasFixedRevision(new ServiceRef(namespace, subject.getName()))) {
            report.at("name")
                    .add(
                            "names a Service with a fixed revision, on which a SinkBinding silently"
                                    + " does nothing: remove its spec.template.metadata.name");
        }
    }
}
