package dev.jitney.standalone;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.Inspection;
import dev.jitney.standalone.doctor.Check;
import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.doctor.GhesCredentialsCheck;
import dev.jitney.standalone.doctor.GhesOrganizationsCheck;
import dev.jitney.standalone.doctor.GhesRateLimitCheck;
import dev.jitney.standalone.doctor.GhesServerCheck;
import dev.jitney.standalone.hooks.HookScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What there is to look at on GHES. */
final class GhesPart {
    private GhesPart() {}

    /**
     * @param tried organizations that a personal access token is tried on
     * @param webhook the look at webhooks; empty while there are none yet
     */
    static Doctor.Part of(
            GhesConnection connection, HookScope scope, int tried, Optional<Check> webhook) {
        var inspection = new Inspection(connection);
        boolean isApp = connection.isApp();
        List<Check> rest = new ArrayList<>();
        rest.add(new GhesCredentialsCheck(inspection, isApp, scope));
        rest.add(new GhesOrganizationsCheck(inspection, isApp, tried));
        webhook.ifPresent(rest::add);
        rest.add(new GhesRateLimitCheck(inspection));
        return new Doctor.Part(new GhesServerCheck(inspection), rest);
    }
}
