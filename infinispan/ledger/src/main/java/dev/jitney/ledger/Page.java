package dev.jitney.ledger;

import dev.jitney.core.Organization;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.ledger.Age;
import dev.jitney.core.ledger.Filed;
import dev.jitney.core.ledger.PageNote;
import dev.jitney.core.ledger.Step;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Who stands further back in line since one minute, see {@link dev.jitney.core.ledger.Overflow}. A
 * minute has several pages, so that a burst of organizations does not make one record of many.
 *
 * @param notes the age of the oldest job that stands further back, by organization
 */
public record Page(Map<Organization, Age> notes) {
    static final Page EMPTY = new Page(Map.of());

    private static final int SHARDS = 4;
    private static final String PREFIX = "back/";

    public Page {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    static String key(RunnerClassName runnerClass, long minute, Organization organization) {
        return key(runnerClass, minute, Math.floorMod(organization.login().hashCode(), SHARDS));
    }

    /** The keys of all pages of a minute. */
    static List<String> keys(RunnerClassName runnerClass, long minute) {
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> key(runnerClass, minute, shard))
                .toList();
    }

    private static String key(RunnerClassName runnerClass, long minute, int shard) {
        return PREFIX + runnerClass + "/" + minute + "/" + shard;
    }

    /** Adds notes; answers whether any of them was new. */
    Step<Page, Boolean> with(Map<Organization, Age> more, Age from) {
        Map<Organization, Age> all = new LinkedHashMap<>(notes);
        more.forEach(
                (organization, age) ->
                        all.put(organization, PageNote.of(all.get(organization), age, from)));
        return all.equals(notes) ? new Step<>(this, false) : new Step<>(new Page(all), true);
    }

    Step<Page, Boolean> without(Collection<Filed> gone) {
        Map<Organization, Age> left = new LinkedHashMap<>(notes);
        gone.forEach(each -> left.remove(each.organization(), each.age()));
        return left.size() == notes.size()
                ? new Step<>(this, false)
                : new Step<>(new Page(left), true);
    }

    List<Filed> filed() {
        return notes.entrySet().stream()
                .map(each -> new Filed(each.getKey(), each.getValue()))
                .toList();
    }
}
