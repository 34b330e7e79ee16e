package dev.jitney.ghes;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GitHub App in an organization.
 *
 * @param id GitHub's id of it
 * @param account login of the organization, or of a user
 * @param isOrganization whether the account is one
 * @param isSuspended whether it may do nothing until somebody allows it again
 * @param permissions what its owners have granted, by name: {@code read} or {@code write}
 */
public record Installation(
        long id,
        String account,
        boolean isOrganization,
        boolean isSuspended,
        SortedMap<String, String> permissions) {
    public Installation {
        permissions = new TreeMap<>(permissions);
    }

    /** Whether tokens for an organization can be had of it. */
    boolean serves() {
        return isOrganization && !isSuspended;
    }
}
