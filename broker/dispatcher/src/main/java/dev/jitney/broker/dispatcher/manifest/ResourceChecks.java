package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import dev.jitney.broker.dispatcher.ping.Schedule;
import io.fabric8.knative.duck.v1.CloudEventOverrides;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.knative.sources.v1.PingSourceSpec;
import io.fabric8.knative.sources.v1.SinkBinding;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the webhooks of Knative refuse, and references that lead nowhere. */
final class ResourceChecks {
    private final References references;
    private final List<Problem> problems;

    ResourceChecks(Manifests manifests, List<Problem> problems) {
        this.references = new References(manifests);
        this.problems = problems;
    }

    void check(List<Loaded<?>> all) {
        for (Loaded<?> one : all) {
            Report report = one.report(problems);
            switch (one.resource()) {
                case Broker broker -> check(broker, one.namespace(), report.at("spec"));
                case Trigger trigger -> check(trigger, one.namespace(), report.at("spec"));
                case PingSource source -> check(source, one.namespace(), report.at("spec"));
                case SinkBinding binding ->
                        SinkBindingChecks.check(binding, references, report.at("spec"));
                case Service service ->
                        ServiceChecks.check(service, references, report.at("spec.template"));
                default -> {}
            }
        }
    }

    private void check(Broker broker, String namespace, Report report) {
        if (broker.getSpec() != null) {
            DeliveryChecks.check(
                    broker.getSpec().getDelivery(), namespace, references, report.at("delivery"));
        }
    }

    private void check(Trigger trigger, String namespace, Report report) {
        TriggerSpec spec = trigger.getSpec();
        if (spec == null) {
            report.add("is missing: a Trigger needs broker and subscriber");
            return;
        }
        if (spec.getBrokerRef() != null) {
            report.at("brokerRef").add("is an alpha feature: use broker");
        } else if (isBlank(spec.getBroker())) {
            report.at("broker").add("is missing: name a Broker of namespace " + namespace);
        } else if (!references.hasBroker(namespace, spec.getBroker())) {
            report.at("broker")
                    .add("names no Broker of namespace " + namespace + ": " + spec.getBroker());
        }
        references.check(spec.getSubscriber(), namespace, report.at("subscriber"));
        FilterChecks.check(spec.getFilter(), spec.getFilters(), report);
        DeliveryChecks.check(spec.getDelivery(), namespace, references, report.at("delivery"));
    }

    private void check(PingSource source, String namespace, Report report) {
        PingSourceSpec spec = source.getSpec();
        if (spec == null) {
            report.add("is missing: a PingSource needs a sink");
            return;
        }
        references.check(spec.getSink(), namespace, report.at("sink"));
        try {
            var _ = Schedule.of(spec.getSchedule(), spec.getTimezone());
        } catch (IllegalArgumentException wrong) {
            report.at("schedule").add(String.valueOf(wrong.getMessage()));
        }
        checkZone(spec.getTimezone(), report.at("timezone"));
        checkData(spec, report);
        checkOverrides(spec.getCeOverrides(), report.at("ceOverrides.extensions"));
    }

    private static void checkZone(@Nullable String zone, Report report) {
        if (zone == null || zone.isEmpty()) {
            return;
        }
        try {
            var _ = ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            report.add("is no time zone: " + zone + "; write one like Asia/Seoul");
        }
    }

    private static void checkData(PingSourceSpec spec, Report report) {
        boolean hasText = !isBlank(spec.getData());
        boolean hasBase64 = !isBlank(spec.getDataBase64());
        if (hasText && hasBase64) {
            report.at("data").add("and dataBase64 are both set: keep one of them");
        }
        if (hasText && "application/json".equals(spec.getContentType())) {
            checkJsonObject(spec.getData(), report.at("data"));
        }
        if (hasBase64) {
            try {
                var _ = Base64.getDecoder().decode(spec.getDataBase64());
            } catch (IllegalArgumentException wrong) {
                report.at("dataBase64").add("is no Base64: " + wrong.getMessage());
            }
        }
    }

    private static void checkJsonObject(String data, Report report) {
        try {
            if (!StrictModel.MAPPER.readTree(data).isObject()) {
                report.add("must be a JSON object with contentType application/json");
            }
        } catch (IOException wrong) {
            report.add("is no JSON, but contentType is application/json");
        }
    }

    static void checkOverrides(@Nullable CloudEventOverrides overrides, Report report) {
        if (overrides == null || overrides.getExtensions() == null) {
            return;
        }
        for (String name : overrides.getExtensions().keySet()) {
            if (!name.matches("[a-z0-9]+")) {
                report.at(name).add("is no extension name: use only a-z and 0-9");
            }
        }
    }

    static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
