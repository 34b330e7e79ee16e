package dev.jitney.ghes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One request before it is sent.
 *
 * @param method the HTTP method
 * @param organization whose token it needs, in lower case; empty for the server as a whole
 * @param path below the API root, already encoded, with its query
 * @param body JSON; empty for none
 * @param byApp whether the GitHub App itself asks, not its installation in an organization
 */
record Call(String method, String organization, String path, Optional<String> body, boolean byApp) {

    static Call get(String organization, String path) {
        return new Call("GET", key(organization), path, Optional.empty(), false);
    }

    static Call delete(String organization, String path) {
        return new Call("DELETE", key(organization), path, Optional.empty(), false);
    }

    static Call post(String organization, String path, String body) {
        return new Call("POST", key(organization), path, Optional.of(body), false);
    }

    static Call patch(String organization, String path, String body) {
        return new Call("PATCH", key(organization), path, Optional.of(body), false);
    }

    /** The same, asked by the GitHub App itself. */
    Call asApp() {
        return new Call(method, organization, path, body, true);
    }

    /** The path of an organization, such as {@code /orgs/acme}. */
    static String org(String organization) {
        return "/orgs/" + segment(organization);
    }

    /** The path of a repository, such as {@code /repos/acme/shop}. */
    static String repo(String repository) {
        String owner = owner(repository);
        return "/repos/" + segment(owner) + "/" + segment(repository.substring(owner.length() + 1));
    }

    static String owner(String repository) {
        int slash = repository.indexOf('/');
        if (slash < 1) throw new IllegalArgumentException("not owner/name: " + repository);
        return repository.substring(0, slash);
    }

    static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What it is called in messages: no query, no body. */
    String describe() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    /** Dots would climb out of the path, and with it out of the organization. */
    private static String segment(String value) {
        if (value.isBlank() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("not a name: '" + value + "'");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String key(String organization) {
        return organization.toLowerCase(Locale.ROOT);
    }
}
