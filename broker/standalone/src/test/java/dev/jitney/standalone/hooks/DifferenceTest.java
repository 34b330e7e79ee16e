package dev.jitney.standalone.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.Webhook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DifferenceTest {
    private static final String URL = "https://jitney/webhook";
    private static final HookOwner SERVER = new HookOwner.Server();
    private static final HookOwner APP = new HookOwner.App();

    @ParameterizedTest
    @CsvSource({
        "json, true, true, workflow_job, true, ''",
        "form, true, true, workflow_job, true, 'posts form, not json'",
        "json, false, true, workflow_job, true, takes any certificate for the receiver's",
        "json, true, false, workflow_job, true, !has no secret",
        "json, true, true, push, true, !does not tell of workflow_job",
        "json, true, true, workflow_job push, true, tells of more than workflow_job",
        "json, true, true, *, true, tells of more than workflow_job",
        "json, true, true, workflow_job, false, !is not active",
    })
    void saysWhatIsWrong_andWhetherJobsSufferFromIt(
            String type,
            boolean verifies,
            boolean secret,
            String events,
            boolean active,
            String expected) {
        var hook =
                new Webhook(1, URL, type, verifies, secret, List.of(events.split(" ", -1)), active);

        List<String> found =
                Difference.of(hook, SERVER, URL).stream()
                        .map(each -> (each.breaks() ? "!" : "") + each.what())
                        .toList();

        assertEquals(expected.isEmpty() ? List.of() : List.of(expected), found);
    }

    @Test
    void anAppHasOneWebhook_whereverItPosts_whoseEventsAreInItsSettings() {
        var hook = new Webhook(0, "", "json", true, true, List.of(), true);

        assertEquals(Optional.of(hook), Difference.ours(List.of(hook), APP, URL));
        assertEquals(List.of(new Difference("posts nowhere", true)), Difference.of(hook, APP, URL));
        assertEquals(Optional.empty(), Difference.ours(List.of(hook), SERVER, URL));
    }
}
