package dev.jitney.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFieldTest {
    private static YamlField root(String text) {
        return YamlFile.read("a.yaml", text, root -> root, IllegalStateException::new);
    }

    private static String refusal(String text, Function<YamlField, ?> reader) {
        var refused =
                assertThrows(
                        IllegalStateException.class,
                        () -> YamlFile.read("a.yaml", text, reader, IllegalStateException::new));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void readsWhatIsThere() {
        String text = "a: 5\nb: [x, y]\nc: true\nd:\n";

        var root = root(text);

        assertEquals(5, root.get("a").whole(0, 9));
        assertEquals("y", root.get("b").items("a list").get(1).text("text"));
        assertTrue(root.get("c").flag());
        assertTrue(root.get("d").isNothing() && root.given("d").isEmpty());
        assertEquals(List.of(), root("").entries("anything"));
    }

    @Test
    void isPlainBelow() {
        assertEquals(Map.of("a", List.of(1, 420, true, "x")), root("a: [1, 0644, yes, x]").plain());
    }

    @Test
    void findsTheNearestOfAPath() {
        String text = "a:\n  b:\n    - c: 1\n    - d: 2\n";

        var root = root(text);

        assertEquals(4, root.nearest(List.of("a", "b", 1)).line());
        assertEquals(4, root.nearest(List.of("a", "b", 1, "e")).line());
        assertEquals(3, root.nearest(List.of("a", "b", 7)).line());
        assertEquals(1, root.nearest(List.of("z")).line());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limti | did you mean limit?",
                "Labels | did you mean labels?",
                "colour | write name, labels or limit"
            })
    void suggestsWhatIsMeant(String key, String advice) {
        assertEquals(
                "a.yaml line 2: '" + key + "' is not known; " + advice,
                refusal("name: x\n" + key + ": y", root -> root.only("name", "labels", "limit")));
    }

    @Test
    void aKeyIsThereOnceWhereverItIs() {
        assertEquals(
                "a.yaml line 3: 'b' is there twice",
                refusal("a:\n  b: 1\n  b: 2", YamlField::isNothing));
    }

    @Test
    void anAliasIsWhatItStandsFor() {
        assertEquals("1", root("a: &x [1]\nb: *x").get("b").items("a list").getFirst().text("1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &x {b: 1}~c:~  <<: *x | 3: '<<' is not read here; write out what it is for",
                "a: &x {b: *x} | 1: this contains itself"
            })
    void refusesWhatIsNoTree(String text, String reason) {
        assertEquals(
                "a.yaml line " + reason, refusal(text.replace('~', '\n'), YamlField::isNothing));
    }

    @Test
    void saysWhereItIsNotYaml() {
        assertEquals(
                "a.yaml line 2: expected ',' or ']', but got <stream end>",
                refusal("a: [b\n", root -> root));
    }
}
