package dev.jitney.kubernetes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases from RFC 7396, appendix A, as far as they concern objects. */
final class MergePatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":"b"}             | {"a":"c"}                 | {"a":"c"}
                    {"a":"b"}             | {"b":"c"}                 | {"a":"b","b":"c"}
                    {"a":"b"}             | {"a":null}                | {}
                    {"a":"b","b":"c"}     | {"a":null}                | {"b":"c"}
                    {"a":["b"]}           | {"a":"c"}                 | {"a":"c"}
                    {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}}  | {"a":{"b":"d"}}
                    {"a":[{"b":"c"}]}     | {"a":[1]}                 | {"a":[1]}
                    {"e":null}            | {"a":1}                   | {"e":null,"a":1}
                    {}                    | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
                    """)
    void mergesAsTheStandardSays(String target, String patch, String merged) {
        assertEquals(
                new JsonObject(merged),
                MergePatch.apply(new JsonObject(target), new JsonObject(patch)));
    }
}
