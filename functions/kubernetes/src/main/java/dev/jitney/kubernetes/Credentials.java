package dev.jitney.kubernetes;

import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlWrong;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of the file, which everyone may read who may read ConfigMaps or pods. It
 * knows the usual names and forms; it is a reminder, not a proof.
 */
final class Credentials {
    /** A name that ends so, and not in {@code _FILE} and the like, holds one. */
    private static final Pattern NAME =
            Pattern.compile(
                    ".*(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_KEY|PRIVATE_KEY)");

    private static final Pattern VALUE =
            Pattern.compile(
                    "(gh[opsur]_|github_pat_|xox[abprs]-|glpat-).*"
                            + "|A(KI|SI)A[0-9A-Z]{16}"
                            + "|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"
                            + "|[\\w+.-]+://[^/@\\s]*:[^/@\\s]+@.*"
                            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----.*",
                    Pattern.DOTALL);

    private Credentials() {}

    /**
     * Checks the variables of a container.
     *
     * @param env a list, each entry with a name and a value or where the value comes from
     * @throws YamlWrong at the line of one that looks like a credential, without its value
     */
    static void refuse(YamlField env) {
        for (YamlField each : env.items("a list of variables, each beginning with '- name: '")) {
            String name = each.get("name").text("the name of a variable");
            String value = each.given("value").map(field -> field.text("text")).orElse("");

            if (isCredential(name, value)) {
                throw each.wrong(
                        "'%s' looks like a credential; put it into a Secret and write valueFrom:"
                                        .formatted(name)
                                + " {secretKeyRef: {name: SECRET, key: KEY}}");
            }
        }
    }

    private static boolean isCredential(String name, String value) {
        boolean isPath = value.startsWith("/");
        return VALUE.matcher(value).matches()
                || (!value.isEmpty()
                        && !isPath
                        && NAME.matcher(name.toUpperCase(Locale.ROOT)).matches());
    }
}
