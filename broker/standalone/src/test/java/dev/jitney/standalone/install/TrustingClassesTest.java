package dev.jitney.standalone.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Lines that are added to a file of runner classes, whatever is around them. */
final class TrustingClassesTest {
    private static final String CLASSES =
            """
            classes:
              - name: code-linux
                labels: [code-linux]
            """;

    @Test
    void addsDefaultsWhereThereAreNone() {
        assertEquals(
                CLASSES + "defaults:\n  ca: {configMap: ghes-ca}\n", TrustingClasses.of(CLASSES));
    }

    @Test
    void addsToDefaults_asTheyAreIndented() {
        String text = "defaults: # all\n    # first\n    maxMinutes: 60\n" + CLASSES;

        assertEquals(
                "defaults: # all\n    ca: {configMap: ghes-ca}\n    # first\n    maxMinutes: 60\n"
                        + CLASSES,
                TrustingClasses.of(text));
    }

    @Test
    void leavesAnAuthorityOfTheirOwn() {
        String text = "defaults: {ca: {configMap: own}}\n" + CLASSES;

        assertEquals(text, TrustingClasses.of(text));
    }

    @Test
    void saysWhatToWrite_whereItCannotAdd() {
        String text = "defaults: {maxMinutes: 60}\n" + CLASSES;

        var refused = assertThrows(IllegalArgumentException.class, () -> TrustingClasses.of(text));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("write 'ca: {configMap: ghes-ca}'"));
    }
}
