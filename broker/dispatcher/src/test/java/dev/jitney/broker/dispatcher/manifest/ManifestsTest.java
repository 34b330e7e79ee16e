package dev.jitney.broker.dispatcher.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.broker.dispatcher.BrokerRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read and what is refused. */
final class ManifestsTest {
    private static final String GOOD =
            """
            apiVersion: eventing.knative.dev/v1
            kind: Broker
            metadata: {name: events, namespace: n}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: fn, namespace: n}
            spec: {template: {spec: {containers: [{image: fn}]}}}
            ---
            """;

    @TempDir Path directory;

    @Test
    void readsTheManifestsOfTheClusterUnchanged() {
        Manifests manifests =
                Manifests.read(Path.of(System.getProperty("jitney.root"), "knative", "base"));

        assertEquals(1, manifests.brokers().size());
        assertTrue(manifests.triggers().size() >= 8);
        assertTrue(manifests.services().size() >= 5);
        assertEquals(1, manifests.pingSources().size());
        assertEquals("/jitney/events", new BrokerRef("jitney", "events").path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "broker: events, subscriber: S, filterz: {} | spec.filterz",
                "broker: events, subscriber: S, filters: [{exact: {type: a}, suffix: {type: b}}] |"
                        + " several dialects",
                "broker: events, subscriber: S, filters: [{not: {exact: {a: b}, cesql: 'TRUE'}}] |"
                        + " spec.filters[0].not",
                "broker: events, subscriber: S, filters: [{exact: {Type: a}}] | attribute name",
                "broker: events, subscriber: S, filter: {attributes: {a_b: a}} | attribute name",
                "broker: events, subscriber: S, filters: [{prefix: {type: ''}}] | is empty",
                "broker: events, subscriber: S, filters: [{cesql: 'type = ('}] | no CESQL",
                "broker: events, subscriber: S, delivery: {backoffPolicy: fast} | backoffPolicy",
                "broker: events, subscriber: S, delivery: {backoffDelay: 200ms} | ISO 8601",
                "broker: events, subscriber: S, delivery: {timeout: PT0S} | longer than nothing",
                "broker: events, subscriber: S, delivery: {retry: -1} | is negative",
                "broker: events, subscriber: S, delivery: {retryAfterMax: PT1S} | retryAfterMax",
                "subscriber: S | spec.broker",
                "broker: other, subscriber: S | names no Broker",
                "broker: events | spec.subscriber",
                "broker: events, subscriber: {uri: /relative} | absolute",
                "broker: events, subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind:"
                        + " Service, name: gone}} | names no Service",
                "broker: events, subscriber: {ref: {apiVersion: apps/v1, kind: Deployment, name:"
                        + " fn}} | no local stand-in",
            })
    void refusesABadTrigger(String spec, String problem) throws IOException {
        String subscriber =
                "subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: fn}}";
        String trigger =
                "apiVersion: eventing.knative.dev/v1\nkind: Trigger\n"
                        + "metadata: {name: t, namespace: n}\nspec: {"
                        + spec.replace("subscriber: S", subscriber)
                        + "}\n";

        InvalidManifests invalid = refused(GOOD + trigger);

        assertEquals(1, invalid.problems().size(), invalid.getMessage());
        assertTrue(text(invalid).contains(problem), text(invalid));
        assertTrue(text(invalid).startsWith("sub/all.yaml: Trigger n/t"), text(invalid));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schedule: '@every 1m', sink: S | @every",
                "schedule: '* * *', sink: S | fields",
                "schedule: '61 * * * *', sink: S | schedule",
                "schedule: '* * * * *' | spec.sink",
                "timezone: Mars/Base, sink: S | time zone",
                "contentType: application/json, data: '[1]', sink: S | JSON object",
                "contentType: application/json, data: '{', sink: S | no JSON",
                "data: a, dataBase64: YQ==, sink: S | both set",
            })
    void refusesABadPingSource(String spec, String problem) throws IOException {
        String sink =
                "sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: events}}";
        String source =
                "apiVersion: sources.knative.dev/v1\nkind: PingSource\n"
                        + "metadata: {name: p, namespace: n}\nspec: {"
                        + spec.replace("sink: S", sink)
                        + "}\n";

        InvalidManifests invalid = refused(GOOD + source);

        assertTrue(text(invalid).contains(problem), text(invalid));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "spec: {nodeSelector: {a: b}, containers: [C] } | spec.nodeSelector: is refused",
                "spec: {priorityClassName: high, containers: [C] } | spec.priorityClassName: is",
                "spec: {initContainers: [C], containers: [C] } | spec.initContainers: is refused",
                "spec: {automountServiceAccountToken: true, containers: [C] } | may only be false",
                "spec: {containers: [{image: fn, lifecycle: {}}]} | lifecycle: is refused",
                "spec: {containers: [{image: fn, securityContext: {privileged: true}}]} | privileged",
                "spec: {containers: [{image: fn, env: [{name: PORT, value: '1'}]}]} | env.PORT",
                "spec: {containers: [{image: fn, readinessProbe: {failureThreshold: 1}}]} | not 0",
                "spec: {containers: [C], volumes: [{name: v, hostPath: {path: /}}]} | hostPath",
                "spec: {containers: [C], volumes: [{name: v, emptyDir: {}}]} | is not mounted: v",
                "spec: {containers: [{image: fn, volumeMounts: [{name: v, mountPath: /v}]}]} |"
                        + " names no volume: v",
                "spec: {containers: [{image: fn, volumeMounts: [{name: v, mountPath: /v}]}],"
                        + " volumes: [{name: v, secret: {secretName: s}}]} | must be readOnly: v",
            })
    void refusesFieldsThatServingDoesNotLetThrough(String template, String problem)
            throws IOException {
        String service =
                "apiVersion: serving.knative.dev/v1\nkind: Service\n"
                        + "metadata: {name: s, namespace: n}\nspec: {template: {"
                        + template.replace("C]", "{image: fn}]")
                        + "}}\n";

        assertTrue(text(refused(GOOD + service)).contains(problem), text(refused(service)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: v, emptyDir: {}} | {name: v, mountPath: /v, readOnly: true} |"
                        + " no local stand-in",
                "{name: v, secret: {secretName: s, items: [{key: a, path: b}]}} |"
                        + " {name: v, mountPath: /v, readOnly: true} | mount all keys",
                "{name: v, configMap: {name: gone}} | {name: v, mountPath: /v, readOnly: true} |"
                        + " names no ConfigMap",
                "{name: v, secret: {secretName: s}} |"
                        + " {name: v, mountPath: /v, readOnly: true, subPath: a} | never change",
            })
    void refusesAVolumeThatCannotBeHadHere(String volume, String mount, String problem)
            throws IOException {
        String service =
                GOOD.replace(
                        "[{image: fn}]",
                        "[{image: fn, volumeMounts: [%s]}], volumes: [%s]"
                                .formatted(mount, volume));

        InvalidManifests invalid = refused(service);

        assertEquals(1, invalid.problems().size(), invalid.getMessage());
        assertTrue(text(invalid).contains(problem), text(invalid));
    }

    @Test
    void refusesDuplicatesAndUnknownKindsAndBrokenYaml() throws IOException {
        String stranger = "apiVersion: flows.knative.dev/v1\nkind: Sequence\nmetadata: {name: s}\n";

        assertTrue(text(refused(GOOD + GOOD)).contains("remove one"));
        assertTrue(text(refused(GOOD + stranger)).contains("no local stand-in"));
        assertTrue(text(refused("a: 1\na: 2\n")).contains("no valid YAML"));
    }

    @Test
    void refusesASinkBindingThatWouldSilentlyDoNothing() throws IOException {
        String fixed =
                GOOD.replace("template: {spec", "template: {metadata: {name: fn-1}, spec")
                        + """
                        apiVersion: sources.knative.dev/v1
                        kind: SinkBinding
                        metadata: {name: b, namespace: n}
                        spec:
                          subject: {apiVersion: serving.knative.dev/v1, kind: Service, name: fn}
                          sink: {uri: "http://127.0.0.1:1"}
                        """;

        assertTrue(text(refused(fixed)).contains("fixed revision"));
    }

    private InvalidManifests refused(String yaml) throws IOException {
        Path file = Files.createDirectories(directory.resolve("sub")).resolve("all.yaml");
        Files.writeString(file, yaml);
        return assertThrows(InvalidManifests.class, () -> Manifests.read(directory));
    }

    private static String text(InvalidManifests invalid) {
        return invalid.problems().getFirst().toString();
    }
}
