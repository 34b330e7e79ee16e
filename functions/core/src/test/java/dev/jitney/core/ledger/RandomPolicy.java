package dev.jitney.core.ledger;

import dev.jitney.core.Boost;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Overrides;
import dev.jitney.core.Policy;
import dev.jitney.core.RunnerClass;
import dev.jitney.core.RunnerClassName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Operators who change their mind about anything, also to less than what runs. */
final class RandomPolicy {
    private RandomPolicy() {}

    static Policy of(Random random, Policy before, Instant now) {
        List<RunnerClass> classes = new ArrayList<>();
        List<RunnerClassName> frozenClasses = new ArrayList<>();
        for (RunnerClass each : before.classes()) {
            classes.add(each.withLimit(random.nextInt(5)));
            if (random.nextInt(6) == 0) {
                frozenClasses.add(each.name());
            }
        }
        Boost boost = new Boost(random.nextInt(6), now.plusSeconds(random.nextInt(10)));
        var overrides =
                new Overrides(
                        random.nextInt(6) == 0,
                        sometimes(random, "org*"),
                        sometimes(random, "org1"),
                        sometimes(random, "*2"),
                        frozenClasses,
                        Map.of(new Organization("org0"), random.nextInt(6)),
                        Map.of(new Organization("org" + random.nextInt(4)), boost));
        return new Policy(random.nextInt(9), random.nextInt(5), classes, overrides);
    }

    private static List<OrganizationPattern> sometimes(Random random, String pattern) {
        return random.nextInt(4) == 0 ? List.of(new OrganizationPattern(pattern)) : List.of();
    }
}
