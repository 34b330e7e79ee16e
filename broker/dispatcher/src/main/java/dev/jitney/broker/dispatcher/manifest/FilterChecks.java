package dev.jitney.broker.dispatcher.manifest;

import dev.jitney.broker.dispatcher.filter.CesqlFilter;
import dev.jitney.broker.dispatcher.manifest.Loaded.Report;
import io.cloudevents.sql.ParseException;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilter;
import io.fabric8.knative.eventing.v1.TriggerFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of {@code filter} and {@code filters}. */
final class FilterChecks {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

    private FilterChecks() {}

    static void check(
            @Nullable TriggerFilter filter,
            @Nullable List<SubscriptionsAPIFilter> filters,
            Report report) {
        if (filter != null && filter.getAttributes() != null) {
            checkNames(filter.getAttributes(), report.at("filter.attributes"));
        }
        checkAll(filters, report.at("filters"));
    }

    private static void checkAll(@Nullable List<SubscriptionsAPIFilter> filters, Report report) {
        if (filters == null) {
            return;
        }
        for (int i = 0; i < filters.size(); i++) {
            check(filters.get(i), report.at("[" + i + "]"));
        }
    }

    private static void check(SubscriptionsAPIFilter filter, Report report) {
        List<String> dialects = dialects(filter);
        if (dialects.size() > 1) {
            report.add(
                    "holds several dialects "
                            + dialects
                            + ": give each its own item of filters, or of all");
        }
        checkValues(filter.getExact(), report.at("exact"));
        checkValues(filter.getPrefix(), report.at("prefix"));
        checkValues(filter.getSuffix(), report.at("suffix"));
        checkAll(filter.getAll(), report.at("all"));
        checkAll(filter.getAny(), report.at("any"));
        if (filter.getNot() != null) {
            check(filter.getNot(), report.at("not"));
        }
        if (filter.getCesql() != null && !filter.getCesql().isEmpty()) {
            try {
                var _ = new CesqlFilter(filter.getCesql());
            } catch (ParseException wrong) {
                report.at("cesql").add("is no CESQL: " + wrong.getMessage());
            }
        }
    }

    private static List<String> dialects(SubscriptionsAPIFilter filter) {
        List<String> dialects = new ArrayList<>();
        addIf(filter.getExact() != null && !filter.getExact().isEmpty(), "exact", dialects);
        addIf(filter.getPrefix() != null && !filter.getPrefix().isEmpty(), "prefix", dialects);
        addIf(filter.getSuffix() != null && !filter.getSuffix().isEmpty(), "suffix", dialects);
        addIf(filter.getAll() != null && !filter.getAll().isEmpty(), "all", dialects);
        addIf(filter.getAny() != null && !filter.getAny().isEmpty(), "any", dialects);
        addIf(filter.getNot() != null, "not", dialects);
        addIf(filter.getCesql() != null && !filter.getCesql().isEmpty(), "cesql", dialects);
        return dialects;
    }

    private static void addIf(boolean present, String name, List<String> names) {
        if (present) {
            names.add(name);
        }
    }

    private static void checkValues(@Nullable Map<String, String> attributes, Report report) {
        if (attributes == null) {
            return;
        }
        checkNames(attributes, report);
        attributes.forEach(
                (name, value) -> {
                    if (value == null || value.isEmpty()) {
                        report.at(name).add("is empty: use filter.attributes to ask for presence");
                    }
                });
    }

    private static void checkNames(Map<String, String> attributes, Report report) {
        for (String name : attributes.keySet()) {
            if (!NAME.matcher(name).matches()) {
                report.at(name)
                        .add("is no attribute name: use a letter a-z, then a-z and 0-9 only");
            }
        }
    }
}
