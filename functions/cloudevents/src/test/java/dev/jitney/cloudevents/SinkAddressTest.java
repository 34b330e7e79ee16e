package dev.jitney.cloudevents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkAddressTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void knowsPortAndPath() {
        var plain = SinkAddress.parse("http://broker/jitney/events?a=b", "", mapper);
        var tls = SinkAddress.parse(" https://broker ", "", mapper);

        assertEquals(80, plain.port());
        assertEquals("/jitney/events?a=b", plain.path());
        assertEquals(443, tls.port());
        assertEquals("/", tls.path());
        assertTrue(tls.isTls());
    }

    @Test
    void readsOverrides() {
        var address =
                SinkAddress.parse("http://b", "{\"extensions\":{\"b\":\"2\",\"a\":1}}", mapper);

        assertEquals(Map.of("a", "1", "b", "2"), address.overrides());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "broker", "ftp://broker/x", "http://", "http://a b"})
    void refusesWhatIsNotAnAddress(String address) {
        assertThrows(ConfigurationException.class, () -> SinkAddress.parse(address, "", mapper));
    }

    @Test
    void refusesOverridesThatAreNotJson() {
        assertThrows(
                ConfigurationException.class, () -> SinkAddress.parse("http://b", "{", mapper));
    }
}
