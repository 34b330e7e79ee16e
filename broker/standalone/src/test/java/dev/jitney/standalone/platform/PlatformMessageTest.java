package dev.jitney.standalone.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlatformMessageTest {

    @Test
    void everyMessageSurvivesTheWay() {
        List<PlatformMessage> messages =
                List.of(
                        new PlatformMessage.Ready(),
                        new PlatformMessage.Failed("the port is taken"),
                        new PlatformMessage.FunctionStarted("webhook", 2, 4711),
                        new PlatformMessage.FunctionReady("webhook", 2, Duration.ofMillis(612)),
                        new PlatformMessage.FunctionEnded("webhook", 2, "exit code 137"),
                        new PlatformMessage.Line("admission", "decision=HELD \"ä\"\n"));

        for (PlatformMessage message : messages) {
            String line = message.encode();
            assertFalse(line.contains("\n"), line);
            assertEquals(Optional.of(message), PlatformMessage.decode(line));
        }
    }

    @Test
    void straysAreIgnored() {
        assertEquals(Optional.empty(), PlatformMessage.decode("OpenJDK warning"));
        assertEquals(Optional.empty(), PlatformMessage.decode("{\"type\":\"other\"}"));
    }
}
