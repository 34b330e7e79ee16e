package dev.jitney.core.policy;

import dev.jitney.core.Held;
import dev.jitney.core.Organization;
import dev.jitney.core.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Says in plain words what a document decides. */
public final class PolicyWords {
    private PolicyWords() {}

    /** What holds for whom, and till when. */
    public static List<String> everything(PolicyDocument document, Instant now) {
        PolicySettings settings = document.settings();
        List<String> lines = new ArrayList<>();
        if (document.draining()) {
            lines.add("draining: nothing new starts until resume");
        }
        lines.add("cluster: " + atMost(settings.capacity(), "JITNEY_CAPACITY"));
        document.room().ifPresent(room -> lines.add("the nodes can hold " + room + " runners"));
        lines.add(
                "every organization: " + atMost(settings.organizationLimit(), "JITNEY_ORG_LIMIT"));
        settings.limits().forEach((name, limit) -> lines.add(name + ": at most " + limit));
        document.boostsAt(now)
                .forEach(
                        (name, boost) ->
                                lines.add(
                                        "%s: boosted to %d until %s"
                                                .formatted(name, boost.limit(), boost.until())));
        settings.classLimits()
                .forEach((name, limit) -> lines.add("class " + name + ": at most " + limit));
        list(lines, "only these get runners", settings.allowed());
        list(lines, "these get no runners", settings.denied());
        list(lines, "frozen, nothing new starts", settings.frozen());
        list(lines, "frozen classes, nothing new starts", settings.frozenClasses());
        return lines;
    }

    /** What holds for one organization. */
    public static List<String> of(Organization organization, PolicyDocument document, Instant now) {
        List<String> lines = new ArrayList<>();
        if (document.draining()) {
            lines.add("draining: nothing new starts anywhere until resume");
        }
        // Only what the document itself says is asked for, so any settings will do.
        Policy policy = document.over(new Policy(0, 0, List.of()));
        Held held = policy.heldBy(organization);
        if (held == Held.DENIED) {
            lines.add(organization + " gets no runners: it is denied or not on the list");
        } else if (held == Held.FROZEN) {
            lines.add(organization + " is frozen: nothing new starts");
        }
        lines.add(organization + ": " + limit(organization, document.settings()));
        var boost = document.boostsAt(now).get(organization);
        if (boost != null) {
            lines.add(
                    "%s: boosted to %d until %s"
                            .formatted(organization, boost.limit(), boost.until()));
        }
        return lines;
    }

    private static String limit(Organization organization, PolicySettings settings) {
        Integer own = settings.limits().get(organization);
        return own != null
                ? "at most " + own
                : atMost(settings.organizationLimit(), "JITNEY_ORG_LIMIT") + ", as everybody";
    }

    private static String atMost(OptionalInt number, String setting) {
        return number.isPresent()
                ? "at most " + number.getAsInt()
                : "as configured (" + setting + ")";
    }

    private static void list(List<String> lines, String what, Collection<?> names) {
        if (!names.isEmpty()) {
            lines.add(
                    what
                            + ": "
                            + names.stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
