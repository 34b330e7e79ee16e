package dev.jitney.core.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunbookTest {
    private static final Pattern HEADING =
            Pattern.compile("^## <a id=\"([A-Z_]+)\"></a>\\1$", Pattern.MULTILINE);

    @Test
    void everyReasonHasAHeading_andEveryHeadingAReason() throws IOException {
        String text = Files.readString(Path.of("../../docs/runbooks/reconciler.md"));

        List<String> headings =
                HEADING.matcher(text).results().map(found -> found.group(1)).sorted().toList();

        assertEquals(Arrays.stream(Reason.values()).map(Enum::name).sorted().toList(), headings);
    }
}
