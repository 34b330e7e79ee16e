package dev.jitney.broker.dispatcher.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.knative.eventing.v1.TriggerSpec;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every dialect, on one event. */
final class FiltersTest {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final CloudEvent EVENT =
            CloudEventBuilder.v1()
                    .withId("1")
                    .withType("com.github.push")
                    .withSource(URI.create("/src"))
                    .withExtension("org", "acme")
                    .withExtension("count", 5)
                    .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | true",
                "filter: {attributes: {type: com.github.push}} | true",
                "filter: {attributes: {type: com.github.push, org: other}} | false",
                "filter: {attributes: {org: ''}} | true",
                "filter: {attributes: {team: ''}} | false",
                "filters: [{exact: {type: com.github.push, org: acme}}] | true",
                "filters: [{exact: {type: COM.github.push}}] | false",
                "filters: [{exact: {count: '5'}}] | true",
                "filters: [{prefix: {type: com.github.}}] | true",
                "filters: [{prefix: {team: a}}] | false",
                "filters: [{suffix: {type: .push, source: rc}}] | true",
                "filters: [{suffix: {type: .pull}}] | false",
                "filters: [{all: [{exact: {org: acme}}, {suffix: {type: .pull}}]}] | false",
                "filters: [{any: [{exact: {org: acme}}, {suffix: {type: .pull}}]}] | true",
                "filters: [{any: [{exact: {org: b}}, {suffix: {type: .pull}}]}] | false",
                "filters: [{not: {exact: {org: b}}}] | true",
                "filters: [{not: {not: {exact: {org: b}}}}] | false",
                "filters: [{exact: {org: acme}}, {exact: {type: other}}] | false",
                "filters: [{cesql: \"type LIKE 'com.%' AND org = 'acme'\"}] | true",
                "filters: [{cesql: \"INT(org) = 0\"}] | false",
                "filters: [{cesql: \"EXISTS team AND team = 'x'\"}] | false",
                "filters: [{cesql: \"type\"}] | false",
                "{filter: {attributes: {org: b}}, filters: [{exact: {org: acme}}]} | true",
                "{filter: {attributes: {org: acme}}, filters: [{exact: {org: b}}]} | false",
            })
    void matches(String spec, boolean expected) throws IOException {
        TriggerSpec trigger = YAML.readValue(spec, TriggerSpec.class);

        boolean matches = Filters.of(trigger.getFilter(), trigger.getFilters()).test(EVENT);

        assertEquals(expected, matches);
    }
}
