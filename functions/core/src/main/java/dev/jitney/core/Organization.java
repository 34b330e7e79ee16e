package dev.jitney.core;

import java.util.Locale;

/**
 * A GitHub organization, the unit that a limit applies to.
 *
 * @param login lower case: GitHub compares logins without regard to case, so every key must too
 */
public record Organization(String login) implements Comparable<Organization> {
    public Organization {
        if (login.isBlank()) {
            throw new IllegalArgumentException("organization login is blank");
        }
        login = login.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Organization other) {
        return login.compareTo(other.login);
    }

    @Override
    public String toString() {
        return login;
    }
}
