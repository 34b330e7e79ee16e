package dev.jitney.simulation.load;

import dev.jitney.simulation.load.LoadProfile.JobDuration;
import dev.jitney.simulation.load.LoadProfile.MatrixShare;
import dev.jitney.simulation.load.LoadProfile.OrganizationShare;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

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
        try {
            Node root =
                    new Yaml(new SafeConstructor(new LoaderOptions()))
                            .compose(new StringReader(text));
            if (root == null) {
                throw new LoadRefused(name + " line 1: the profile is empty");
            }
            return profile(new YamlField(root));
        } catch (YamlField.Wrong wrong) {
            throw new LoadRefused(name + " line " + wrong.line() + ": " + wrong.getMessage());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new LoadRefused(name + " line " + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new LoadRefused(name + ": " + e.getMessage());
        }
    }

    private static LoadProfile profile(YamlField root) {
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
        for (YamlField each : list.items()) {
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
        for (YamlField each : list.items()) {
            each.only("name", "count", "share", "job-duration");
            double share = each.get("share").positive();
            JobDuration duration =
                    each.find("job-duration").map(LoadProfileYaml::duration).orElse(usual);
            int count = each.find("count").map(n -> n.whole(1, ORGANIZATIONS_MAX)).orElse(1);
            String name = each.get("name").login();
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
        for (YamlField each : list.items()) {
            each.only("size", "share");
            all.add(
                    new MatrixShare(
                            each.get("size").whole(1, MATRIX_MAX), each.get("share").positive()));
        }
        return all;
    }

    private static JobDuration duration(YamlField field) {
        field.only("median", "p95");
        long median = field.get("median").nanos();
        @Nullable YamlField high = field.find("p95").orElse(null);
        long p95 = high == null ? median : high.nanos();
        if (high != null && p95 < median) {
            throw high.wrong("p95 is less than the median");
        }
        return new JobDuration(median, p95);
    }
}
