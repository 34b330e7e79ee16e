package dev.jitney.standalone.doctor;

import dev.jitney.ghes.GhesException;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.Inspection;
import dev.jitney.ghes.Inspection.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Whether the server answers us, which version it is, and whether its clock agrees with ours. */
public final class GhesServerCheck implements Check {
    /** Just-in-time runners came with 3.10; what was tested against is 3.14. */
    private static final int MINOR_MIN = 10;

    private static final int MINOR_TESTED = 14;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\b.*");

    /** An App's token is refused when it seems to come from the future. */
    private static final Duration SKEW_MAX = Duration.ofSeconds(60);

    private static final String SYNCHRONISE =
            "let both synchronise with NTP; compare on a node of the cluster, too";

    private final Inspection ghes;

    public GhesServerCheck(Inspection ghes) {
        this.ghes = ghes;
    }

    @Override
    public String topic() {
        return "GHES";
    }

    @Override
    public List<Finding> look() {
        try {
            return judge(ghes.server());
        } catch (GhesException failed) {
            return List.of(unreachable(failed));
        }
    }

    static Finding unreachable(GhesException failed) {
        String what = String.valueOf(failed.getMessage());
        if (failed.getCause() instanceof SSLException) {
            return Finding.fail(
                    "its certificate is not trusted: " + what,
                    "put the certificate of the authority that signed it into the ConfigMap ghes-ca,"
                            + " key ca.crt (here: --ghes-ca-file)");
        }
        if (what.contains("('iat')") || what.contains("('exp')")) {
            return Finding.fail(
                    "it does not believe the time in the App's token: " + what, SYNCHRONISE);
        }
        if (failed instanceof GhesRefused refused && refused.status() == 401) {
            return Finding.fail(
                    "it does not accept the credentials: " + what,
                    "make a new token or private key, and replace the Secret ghes-credentials");
        }
        return failed instanceof GhesRefused
                ? Finding.fail(
                        "it refuses us: " + what,
                        "check that the URL is the root of a GHES, and the credentials")
                : Finding.fail(
                        "it does not answer: " + what,
                        "check the URL, DNS, firewalls and proxies between here and there");
    }

    static List<Finding> judge(Server server) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("answers, and accepts the credentials"));
        findings.add(version(server.version()));
        findings.add(clock(server.clockAhead()));
        return findings;
    }

    private static Finding version(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return Finding.fail(
                    "says no version: this is no GitHub Enterprise Server",
                    "give the root of the server, such as https://ghes.example.com");
        }
        int minor = Integer.parseInt(parts.group(2));
        if (Integer.parseInt(parts.group(1)) != 3 || minor < MINOR_MIN) {
            return Finding.fail(
                    "version " + version + " has no just-in-time runners",
                    "upgrade to 3.10 or newer; 3.14 is what Jitney is made for");
        }
        return minor < MINOR_TESTED
                ? Finding.warn(
                        "version " + version + " is older than what Jitney is made for, 3.14",
                        "upgrade when you can")
                : Finding.ok("version " + version);
    }

    private static Finding clock(Optional<Duration> ahead) {
        return ClockSkew.judged(
                ahead,
                "behind",
                "ahead",
                (what, apart) ->
                        apart.compareTo(SKEW_MAX) < 0
                                ? Finding.warn(what, SYNCHRONISE)
                                : Finding.fail(
                                        what + ": the tokens of a GitHub App are refused",
                                        SYNCHRONISE));
    }
}
