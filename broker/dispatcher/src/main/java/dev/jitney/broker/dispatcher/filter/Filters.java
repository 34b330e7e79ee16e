package dev.jitney.broker.dispatcher.filter;

import io.cloudevents.CloudEvent;
import io.fabric8.knative.eventing.v1.SubscriptionsAPIFilter;
import io.fabric8.knative.eventing.v1.TriggerFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the predicate of a Trigger from its {@code filter} and {@code filters}.
 *
 * @see <a href="https://knative.dev/docs/eventing/triggers/#trigger-filtering">Filtering</a>
 */
public final class Filters {
    private Filters() {}

    /**
     * The events a Trigger takes.
     *
     * @param filter the attribute filter; counts only when {@code filters} is empty
     * @param filters all must match
     */
    public static Predicate<CloudEvent> of(
            @Nullable TriggerFilter filter, @Nullable List<SubscriptionsAPIFilter> filters) {
        if (filters != null && !filters.isEmpty()) {
            return all(filters);
        }
        if (filter == null || filter.getAttributes() == null) {
            return event -> true;
        }
        return attributes(filter.getAttributes());
    }

    /** Every attribute has the given value; the empty value asks for presence only. */
    static Predicate<CloudEvent> attributes(Map<String, String> wanted) {
        return byAttribute(wanted, (actual, value) -> value.isEmpty() || actual.equals(value));
    }

    private static Predicate<CloudEvent> of(SubscriptionsAPIFilter filter) {
        List<Predicate<CloudEvent>> parts = new ArrayList<>();
        addByAttribute(parts, filter.getExact(), String::equals);
        addByAttribute(parts, filter.getPrefix(), String::startsWith);
        addByAttribute(parts, filter.getSuffix(), String::endsWith);
        if (filter.getAll() != null && !filter.getAll().isEmpty()) {
            parts.add(all(filter.getAll()));
        }
        if (filter.getAny() != null && !filter.getAny().isEmpty()) {
            parts.add(any(filter.getAny()));
        }
        if (filter.getNot() != null) {
            parts.add(of(filter.getNot()).negate());
        }
        if (filter.getCesql() != null && !filter.getCesql().isEmpty()) {
            parts.add(new CesqlFilter(filter.getCesql()));
        }
        return event -> parts.stream().allMatch(part -> part.test(event));
    }

    private static Predicate<CloudEvent> all(List<SubscriptionsAPIFilter> filters) {
        List<Predicate<CloudEvent>> parts = filters.stream().map(Filters::of).toList();
        return event -> parts.stream().allMatch(part -> part.test(event));
    }

    private static Predicate<CloudEvent> any(List<SubscriptionsAPIFilter> filters) {
        List<Predicate<CloudEvent>> parts = filters.stream().map(Filters::of).toList();
        return event -> parts.stream().anyMatch(part -> part.test(event));
    }

    private static void addByAttribute(
            List<Predicate<CloudEvent>> parts,
            @Nullable Map<String, String> wanted,
            BiPredicate<String, String> matches) {
        if (wanted != null && !wanted.isEmpty()) {
            parts.add(byAttribute(wanted, matches));
        }
    }

    private static Predicate<CloudEvent> byAttribute(
            Map<String, String> wanted, BiPredicate<String, String> matches) {
        List<Map.Entry<String, String>> entries = List.copyOf(wanted.entrySet());
        return event -> {
            for (Map.Entry<String, String> entry : entries) {
                String actual = value(event, entry.getKey());
                if (actual == null || !matches.test(actual, entry.getValue())) {
                    return false;
                }
            }
            return true;
        };
    }

    /** The attribute or extension in its string form; null when absent or empty. */
    private static @Nullable String value(CloudEvent event, String name) {
        Object value =
                event.getAttributeNames().contains(name)
                        ? event.getAttribute(name)
                        : event.getExtension(name);
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? null : text;
    }
}
