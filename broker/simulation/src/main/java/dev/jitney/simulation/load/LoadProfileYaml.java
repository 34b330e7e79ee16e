package dev.jitney.simulation.load;

import dev.jitney.simulation.load.LoadProfile.JobDuration;
import dev.jitney.simulation.load.LoadProfile.MatrixShare;
import dev.jitney.simulation.load.LoadProfile.OrganizationShare;
import dev.jitney.yaml.YamlField;
import dev.jitney.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a load profile, docs/capacity-planning.md. Whatever is wrong is told with its line. */
public final class LoadProfileYaml {
    private static final int HOURS_MAX = 100;
    private static final int ORGANIZATIONS_MAX = 9_999;
    private static final int JOBS_MAX = 1_000_000;
    private static final int MATRIX_MAX = 256;

    private LoadProfileYaml() {}

    /**
     * The profile of a file.
     *
     * @param name of the file, for the message
     * @throws LoadRefused with file, line and reason
     */
    public static LoadProfile read(String name, String text) {
        return YamlFile.read(name, text, LoadProfileYaml::profile, LoadRefused::new);
    }

    private static LoadProfile profile(YamlField root) {
        if (root.isNothing()) {
            throw root.wrong("the profile is empty");
        }
        root.only("jobs-per-hour", "organizations", "job-duration", "matrix");
        List<Integer> rates = rates(root.get("jobs-per-hour"));
        JobDuration usual = duration(root.get("job-duration"));
        Optional<YamlField> matrix = root.find("matrix");
        return new LoadProfile(
                rates,
                organizations(root.get("organizations"), usual),
                matrix.map(LoadProfileYaml::matrices).orElse(List.of(new MatrixShare(1, 1))));
    }

    private static List<Integer> rates(YamlField list) {
        List<Integer> rates = new ArrayList<>();
        long sum = 0;
        for (YamlField each : LoadValues.items(list)) {
            int rate = each.whole(0, JOBS_MAX);
            rates.add(rate);
            sum += rate;
        }
        if (rates.size() > HOURS_MAX) {
            throw list.wrong("these are " + rates.size() + " hours; write at most " + HOURS_MAX);
        }
        if (sum == 0) {
            throw list.wrong("no job arrives in any hour");
        }
        if (sum > JOBS_MAX) {
            throw list.wrong("these are " + sum + " jobs; write at most " + JOBS_MAX);
        }
        return rates;
    }

    private static List<OrganizationShare> organizations(YamlField list, JobDuration usual) {
        List<OrganizationShare> all = new ArrayList<>();
        Set<String> logins = new HashSet<>();
        for (YamlField each : LoadValues.items(list)) {
            each.only("name", "count", "share", "job-duration");
            double share = LoadValues.positive(each.get("share"));
            JobDuration duration =
                    each.find("job-duration").map(LoadProfileYaml::duration).orElse(usual);
            int count = each.find("count").map(n -> n.whole(1, ORGANIZATIONS_MAX)).orElse(1);
            String name = LoadValues.login(each.get("name"));
            for (int i = 1; i <= count; i++) {
                String login = each.find("count").isPresent() ? name + "-" + i : name;
                if (!logins.add(login)) {
                    throw each.wrong("organization '" + login + "' is there twice");
                }
                all.add(new OrganizationShare(login, share / count, duration));
            }
        }
        if (all.size() > ORGANIZATIONS_MAX) {
            throw list.wrong(
                    "these are "
                            + all.size()
                            + " organizations; write at most "
                            + ORGANIZATIONS_MAX);
        }
        return all;
    }

    private static List<MatrixShare> matrices(YamlField list) {
        List<MatrixShare> all = new ArrayList<>();
        for (YamlField each : LoadValues.items(list)) {
            each.only("size", "share");
            all.add(
                    new MatrixShare(
                            each.get("size").whole(1, MATRIX_MAX),
                            LoadValues.positive(each.get("share"))));
        }
        return all;
    }

    private static JobDuration duration(YamlField field) {
        field.only("median", "p95");
        long median = LoadValues.nanos(field.get("median"));
        @Nullable YamlField high = field.find("p95").orElse(null);
        long p95 = high == null ? median : LoadValues.nanos(high);
        if (high != null && p95 < median) {
            throw high.wrong("p95 is less than the median");
        }
        return new JobDuration(median, p95);
    }
}
