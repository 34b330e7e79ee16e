package dev.jitney.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names organizations: a login in which every {@code *} stands for any number of characters.
 *
 * @param text lower case, of letters, digits, {@code -}, {@code _} and {@code *}
 */
public record OrganizationPattern(String text) implements Comparable<OrganizationPattern> {
    private static final Pattern VALID = Pattern.compile("[-_a-z0-9*]{1,100}");

    public static final OrganizationPattern EVERY = new OrganizationPattern("*");

    /**
     * @throws IllegalArgumentException with what to write instead
     */
    public OrganizationPattern {
        text = text.toLowerCase(Locale.ROOT);
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no organizations; write a login such as octo, or team-*");
        }
    }

    public static OrganizationPattern of(Organization organization) {
        return new OrganizationPattern(organization.login());
    }

    /** Goes back to the last star only, so a login never costs more than its length squared. */
    public boolean matches(Organization organization) {
        String login = organization.login();
        int own = 0;
        int at = 0;
        int star = -1;
        int resumeAt = 0;
        while (at < login.length()) {
            if (own < text.length() && text.charAt(own) == '*') {
                star = own++;
                resumeAt = at;
            } else if (own < text.length() && text.charAt(own) == login.charAt(at)) {
                own++;
                at++;
            } else if (star >= 0) {
                own = star + 1;
                at = ++resumeAt;
            } else {
                return false;
            }
        }
        return text.substring(own).chars().allMatch(each -> each == '*');
    }

    @Override
    public int compareTo(OrganizationPattern other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
