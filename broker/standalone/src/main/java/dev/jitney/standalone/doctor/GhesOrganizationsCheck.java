package dev.jitney.standalone.doctor;

import dev.jitney.ghes.Inspection;
import dev.jitney.ghes.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether we may manage the runners of the organizations that the server has. */
public final class GhesOrganizationsCheck implements Check {
    private static final int NAMED_MAX = 5;

    private final Inspection ghes;
    private final boolean isApp;
    private final int most;

    /**
     * @param most organizations that are tried with a personal access token, one call each
     */
    public GhesOrganizationsCheck(Inspection ghes, boolean isApp, int most) {
        this.ghes = ghes;
        this.isApp = isApp;
        this.most = most;
    }

    @Override
    public String topic() {
        return "organizations";
    }

    @Override
    public List<Finding> look() {
        List<String> all = ghes.organizations();
        return isApp ? installed(all, ghes.app()) : List.of(tried(all));
    }

    private Finding tried(List<String> all) {
        List<String> tried = all.subList(0, Math.min(most, all.size()));
        List<String> refused = new ArrayList<>();
        String reason = "";
        for (String organization : tried) {
            Optional<String> why = ghes.mayNotManageRunners(organization);
            if (why.isPresent()) {
                refused.add(organization);
                reason = why.get();
            }
        }
        String of = tried.size() + " of " + all.size() + " organizations tried";
        return refused.isEmpty()
                ? Finding.ok("may manage runners: " + of)
                : Finding.fail(
                        "may not manage runners of " + names(refused) + " (" + of + "): " + reason,
                        "make the token's owner an owner of these organizations, or use a GitHub"
                                + " App");
    }

    static List<Finding> installed(List<String> all, Inspection.App app) {
        Set<String> served =
                app.installations().stream()
                        .filter(each -> each.isOrganization() && !each.isSuspended())
                        .map(each -> each.account().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> missing =
                all.stream()
                        .filter(each -> !served.contains(each.toLowerCase(Locale.ROOT)))
                        .toList();
        List<Finding> findings = new ArrayList<>();
        String count = served.size() + " of " + all.size() + " organizations";
        if (served.isEmpty()) {
            findings.add(
                    Finding.fail(
                            "App is installed in no organization",
                            "install it from its page: Install App"));
        } else if (missing.isEmpty()) {
            findings.add(Finding.ok("App is installed in " + count));
        } else {
            findings.add(
                    Finding.warn(
                            "App is installed in " + count + "; not in " + names(missing),
                            "install it there if their jobs are to get runners"));
        }
        findings.addAll(unaccepted(app));
        return findings;
    }

    /** Permissions that were added later hold only where an owner has accepted them. */
    private static List<Finding> unaccepted(Inspection.App app) {
        List<String> behind =
                app.installations().stream()
                        .filter(each -> !hasAll(app, each))
                        .map(Installation::account)
                        .toList();
        return behind.isEmpty()
                ? List.of()
                : List.of(
                        Finding.warn(
                                "permissions the App asks for are not accepted in " + names(behind),
                                "an owner accepts them under Settings, GitHub Apps, Configure"));
    }

    private static boolean hasAll(Inspection.App app, Installation installation) {
        return app.permissions().entrySet().stream()
                .allMatch(
                        each ->
                                GhesCredentialsCheck.allows(
                                        installation.permissions(),
                                        each.getKey(),
                                        each.getValue()));
    }

    private static String names(List<String> names) {
        String some = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return names.size() > NAMED_MAX
                ? some + " and " + (names.size() - NAMED_MAX) + " more"
                : some;
    }
}
