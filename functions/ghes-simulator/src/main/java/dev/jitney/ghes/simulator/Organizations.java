package dev.jitney.ghes.simulator;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The organizations of the server and their repositories. */
final class Organizations {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Map<String, Organization> byKey = new LinkedHashMap<>();
    private long lastId = 1000;

    /**
     * An organization, its default runner group having id 1 as everywhere.
     *
     * @param id GitHub's id
     * @param login as written when it was created
     * @param repositories by lower-case name
     */
    record Organization(long id, String login, Map<String, Repository> repositories) {
        String key() {
            return key(login);
        }

        static String key(String login) {
            return login.toLowerCase(Locale.ROOT);
        }
    }

    /** A repository; its runs are found by status without looking through the ended ones. */
    static final class Repository {
        final long id;
        final Organization organization;
        final String name;
        final Instant createdAt;
        Instant pushedAt;
        final TreeMap<Long, Jobs.Run> runs = new TreeMap<>();
        final TreeMap<Long, Jobs.Run> active = new TreeMap<>();

        /** Rendered once, as it goes into every webhook. */
        @Nullable String json;

        Repository(long id, Organization organization, String name, Instant createdAt) {
            this.id = id;
            this.organization = organization;
            this.name = name;
            this.createdAt = createdAt;
            this.pushedAt = createdAt;
        }

        String fullName() {
            return organization.login() + "/" + name;
        }
    }

    Optional<Organization> find(String login) {
        return Optional.ofNullable(byKey.get(Organization.key(login)));
    }

    Optional<Repository> find(String owner, String repository) {
        return find(owner).map(o -> o.repositories().get(repository.toLowerCase(Locale.ROOT)));
    }

    Collection<Organization> all() {
        return byKey.values();
    }

    /** The organization of this login, created if need be, with at least these repositories. */
    Organization create(String login, List<String> repositories, Instant now) {
        Organization organization =
                byKey.computeIfAbsent(
                        Organization.key(valid(login)),
                        _ -> new Organization(++lastId, login, new LinkedHashMap<>()));
        for (String name : repositories) {
            repository(organization, name, now);
        }
        return organization;
    }

    /** The repository of this name, created if need be, and its organization with it. */
    Repository repository(String login, String name, Instant now) {
        return repository(create(login, List.of(), now), name, now);
    }

    private Repository repository(Organization organization, String name, Instant now) {
        return organization
                .repositories()
                .computeIfAbsent(
                        valid(name).toLowerCase(Locale.ROOT),
                        _ -> new Repository(++lastId, organization, name, now));
    }

    private static String valid(String name) {
        if (NAME.matcher(name).matches()) return name;
        throw new IllegalArgumentException("not a name GitHub would accept: " + name);
    }
}
