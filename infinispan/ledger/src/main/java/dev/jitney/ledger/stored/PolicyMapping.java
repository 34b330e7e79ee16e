package dev.jitney.ledger.stored;

import dev.jitney.core.Boost;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import dev.jitney.core.policy.AuditEntry;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The policy to its stored form and back, without loss. */
public final class PolicyMapping {
    private static final String CLUSTER = "cluster";
    private static final String NODES = "nodes";
    private static final String EVERY_ORGANIZATION = "organization";
    private static final String ORGANIZATION = "org/";
    private static final String CLASS = "class/";

    private PolicyMapping() {}

    public static StoredPolicy toStored(PolicyDocument document) {
        PolicySettings settings = document.settings();
        return new StoredPolicy(
                PolicySchema.VERSION,
                document.revision(),
                document.seeded(),
                document.draining(),
                limits(document),
                texts(settings.allowed()),
                texts(settings.denied()),
                texts(settings.frozen()),
                texts(settings.frozenClasses()),
                document.boosts().entrySet().stream()
                        .map(each -> toStored(each.getKey(), each.getValue()))
                        .toList(),
                document.log().stream().map(PolicyMapping::toStored).toList());
    }

    /**
     * The record that was stored.
     *
     * @throws IllegalArgumentException when the record holds what no version of the core accepts
     */
    public static PolicyDocument fromStored(StoredPolicy stored) {
        Map<Organization, Boost> boosts = new TreeMap<>();
        for (StoredBoost each : stored.boosts()) {
            boosts.put(
                    new Organization(each.organization()),
                    new Boost(each.limit(), Nanos.toInstant(each.until())));
        }
        return new PolicyDocument(
                stored.revision(),
                stored.seeded(),
                settings(stored),
                room(stored),
                stored.draining(),
                boosts,
                stored.log().stream().map(PolicyMapping::fromStored).toList());
    }

    private static List<StoredPolicyLimit> limits(PolicyDocument document) {
        PolicySettings settings = document.settings();
        List<StoredPolicyLimit> limits = new ArrayList<>();
        document.room().ifPresent(room -> limits.add(new StoredPolicyLimit(NODES, room)));
        settings.capacity().ifPresent(limit -> limits.add(new StoredPolicyLimit(CLUSTER, limit)));
        settings.organizationLimit()
                .ifPresent(limit -> limits.add(new StoredPolicyLimit(EVERY_ORGANIZATION, limit)));
        settings.limits()
                .forEach(
                        (of, limit) -> limits.add(new StoredPolicyLimit(ORGANIZATION + of, limit)));
        settings.classLimits()
                .forEach((of, limit) -> limits.add(new StoredPolicyLimit(CLASS + of, limit)));
        return limits;
    }

    private static OptionalInt room(StoredPolicy stored) {
        return stored.limits().stream()
                .filter(each -> each.of().equals(NODES))
                .mapToInt(StoredPolicyLimit::limit)
                .findFirst();
    }

    /** A limit of a kind that this version does not know is left out. */
    private static PolicySettings settings(StoredPolicy stored) {
        OptionalInt capacity = OptionalInt.empty();
        OptionalInt everybody = OptionalInt.empty();
        Map<Organization, Integer> organizations = new TreeMap<>();
        Map<RunnerClassName, Integer> classes = new TreeMap<>();
        for (StoredPolicyLimit each : stored.limits()) {
            String of = each.of();
            if (of.equals(CLUSTER)) {
                capacity = OptionalInt.of(each.limit());
            } else if (of.equals(EVERY_ORGANIZATION)) {
                everybody = OptionalInt.of(each.limit());
            } else if (of.startsWith(ORGANIZATION)) {
                organizations.put(
                        new Organization(of.substring(ORGANIZATION.length())), each.limit());
            } else if (of.startsWith(CLASS)) {
                classes.put(new RunnerClassName(of.substring(CLASS.length())), each.limit());
            }
        }
        return new PolicySettings(
                capacity,
                everybody,
                classes,
                organizations,
                patterns(stored.allowed()),
                patterns(stored.denied()),
                patterns(stored.frozen()),
                present(stored.frozenClasses()).map(RunnerClassName::new).toList());
    }

    private static List<String> texts(List<?> names) {
        return names.stream().map(Object::toString).toList();
    }

    private static List<OrganizationPattern> patterns(List<String> texts) {
        return present(texts).map(OrganizationPattern::new).toList();
    }

    /** ProtoStream reads a list of texts that was empty as one empty text. */
    private static Stream<String> present(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty());
    }

    private static StoredBoost toStored(Organization organization, Boost boost) {
        return new StoredBoost(organization.login(), boost.limit(), Nanos.of(boost.until()));
    }

    private static StoredAuditEntry toStored(AuditEntry entry) {
        return new StoredAuditEntry(
                entry.revision(),
                entry.id(),
                entry.who(),
                Nanos.of(entry.when()),
                entry.what(),
                entry.why());
    }

    private static AuditEntry fromStored(StoredAuditEntry stored) {
        return new AuditEntry(
                stored.revision(),
                stored.id(),
                stored.who(),
                Nanos.toInstant(stored.when()),
                stored.what(),
                stored.why());
    }
}
