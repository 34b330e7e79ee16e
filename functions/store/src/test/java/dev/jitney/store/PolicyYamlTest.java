package dev.jitney.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicySettings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyYamlTest {

    @Test
    void readsEverythingThatAFileCanSay() {
        var read =
                PolicyYaml.read(
                        "policy.yaml",
                        """
                        capacity: 150
                        organization-limit: 8
                        classes:
                          gpu: {limit: 4}
                          windows:
                            frozen: true
                        organizations:
                          Octo: {limit: 25}
                          team-*: {frozen: true}
                          calm: {limit: 3, frozen: false}
                        allow: [octo, "team-*", calm]
                        deny:
                          - "*-old"
                        """);

        var expected =
                new PolicySettings(
                        OptionalInt.of(150),
                        OptionalInt.of(8),
                        Map.of(new RunnerClassName("gpu"), 4),
                        Map.of(new Organization("octo"), 25, new Organization("calm"), 3),
                        List.of(
                                new OrganizationPattern("octo"),
                                new OrganizationPattern("team-*"),
                                new OrganizationPattern("calm")),
                        List.of(new OrganizationPattern("*-old")),
                        List.of(new OrganizationPattern("team-*")),
                        List.of(new RunnerClassName("windows")));
        assertEquals(expected, read);
        assertEquals(expected, PolicyYaml.read("written", PolicyYaml.write(expected)));
    }

    @Test
    void whatIsWrittenIsReadAgain_awkwardNamesToo() {
        var settings =
                new PolicySettings(
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        Map.of(),
                        Map.of(new Organization("null"), 0, new Organization("1e3"), 7),
                        List.of(),
                        List.of(new OrganizationPattern("*")),
                        List.of(new OrganizationPattern("null"), new OrganizationPattern("on")),
                        List.of());
        assertEquals(settings, PolicyYaml.read("written", PolicyYaml.write(settings)));
        assertEquals(
                PolicySettings.NONE,
                PolicyYaml.read("written", PolicyYaml.write(PolicySettings.NONE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "# nothing", "{}", "organizations:", "'deny: []'"})
    void aFileWithoutAnythingSaysNothing(String text) {
        assertEquals(PolicySettings.NONE, PolicyYaml.read("policy.yaml", text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "capacity: many | 1: 'many' is not a whole number from 0",
                "capacity: -1 | 1: '-1' is not a whole number from 0",
                "capacity: | 1: write a whole number from 0",
                "~capcity: 5 | 2: 'capcity' is not known; did you mean capacity?",
                "~limits: 5 | 2: 'limits' is not known; write capacity, organization-limit,"
                        + " classes, organizations, allow or deny",
                "organizations:~  team-*: {limit: 5} | 2: 'team-*' is a pattern; name one"
                        + " organization",
                "organizations:~  octo:~    limits: 5 | 3: 'limits' is not known; did you mean"
                        + " limit?",
                "organizations:~  octo: 5 | 2: write limit or frozen, each as 'name: value'",
                "organizations:~  octo: {frozen: yes} | 2: 'yes' is neither true nor false",
                "organizations:~  octo:~  octo: | 3: 'octo' is there twice",
                "classes:~  GPU: {limit: 5} | 2: runner class name must be 1 to 35 of a-z, 0-9"
                        + " and '-', not starting or ending with '-': GPU",
                "deny: old-* | 1: write a list, for example [octo, \"team-*\"]",
                "deny: [\"a b\"] | 1: 'a b' names no organizations; write a login such as"
                        + " octo, or team-*",
                "just text | 1: write capacity, organization-limit, classes, organizations, allow"
                        + " or deny, each as 'name: value'"
            })
    void saysTheLineAndTheReason(String text, String reason) {
        var refusal =
                assertThrows(
                        PolicyRefused.class,
                        () -> PolicyYaml.read("policy.yaml", text.replace('~', '\n')));
        assertEquals("policy.yaml line " + reason, refusal.getMessage());
    }

    @Test
    void saysTheLineOfWhatIsNotYaml() {
        var refusal =
                assertThrows(
                        PolicyRefused.class,
                        () -> PolicyYaml.read("policy.yaml", "capacity: 5\ndeny: [a\n"));
        assertEquals(
                "policy.yaml line 3: expected ',' or ']', but got <stream end>",
                refusal.getMessage());
    }
}
