package dev.jitney.cloudevents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.Policy;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionConfigTest {
    private static final Map<String, String> GOOD =
            Map.of(
                    "jitney.capacity", "200",
                    "jitney.org-limit", " 10 ",
                    "jitney.classes",
                            "classes: [{name: linux, labels: [linux]},"
                                    + " {name: big, labels: [big], limit: 3}]");

    private static Policy policy(Map<String, String> settings) {
        return FunctionConfig.policy(
                settings::get,
                FunctionConfig.capacity(settings::get),
                FunctionConfig.classes(settings::get));
    }

    @Test
    void readsThePolicy() {
        var policy = policy(GOOD);

        assertEquals(200, policy.capacity());
        assertEquals(10, policy.organizationLimit());
        assertEquals(2, policy.classes().size());
        assertEquals(3, policy.classes().getLast().limit());
    }

    @ParameterizedTest
    @CsvSource({
        "jitney.capacity,  '',   JITNEY_CAPACITY is not set; write",
        "jitney.capacity,  many, JITNEY_CAPACITY is 'many'; write",
        "jitney.org-limit, -1,   JITNEY_ORG_LIMIT is '-1'; write",
        "jitney.org-limit, 1.5,  JITNEY_ORG_LIMIT is '1.5'; write",
        "jitney.classes,   ' ',  JITNEY_CLASSES is not set; write",
        "jitney.classes,   classes:, JITNEY_CLASSES line 1: there is no class;",
    })
    void namesTheVariableAndWhatToWrite(String key, String value, String start) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(key, value);

        var failure = assertThrows(ConfigurationException.class, () -> policy(settings));

        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith(start), message);
        assertEquals(1, message.lines().count());
    }
}
