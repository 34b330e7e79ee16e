package dev.jitney.ghes;

import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What Jitney shows to GHES, as the files of a directory hold it: {@code token} with a classic
 * personal access token, or {@code app-id} and {@code private-key} of a GitHub App.
 */
sealed interface Credentials {
    List<String> FILES = List.of("token", "app-id", "private-key");

    /** A classic personal access token. */
    record Token(String secret) implements Credentials {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** A GitHub App. */
    record App(AppKey key) implements Credentials {}

    /** Visible ASCII: everything else would break the header it goes into. */
    Pattern TOKEN = Pattern.compile("[!-~]+");

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they do not make one of the two; holds nothing of them
     */
    static Credentials of(SortedMap<String, String> files) {
        String token = files.getOrDefault("token", "").strip();
        String id = files.getOrDefault("app-id", "").strip();
        String key = files.getOrDefault("private-key", "").strip();
        if (!token.isEmpty() && !(id + key).isEmpty()) {
            throw new IllegalArgumentException(
                    "holds a token and a GitHub App; keep either token or app-id and private-key");
        }
        if (!token.isEmpty()) return ofToken(token);
        if (id.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException(
                    "holds no credentials for GHES; write a personal access token into token, or"
                            + " the id and the private key of a GitHub App into app-id and"
                            + " private-key");
        }
        return new App(new AppKey(id, key));
    }

    /**
     * A token alone, with white space around it.
     *
     * @throws IllegalArgumentException if it is none; does not quote it
     */
    static Credentials ofToken(String text) {
        String token = text.strip();
        if (TOKEN.matcher(token).matches()) return new Token(token);
        throw new IllegalArgumentException(
                token.isEmpty()
                        ? "holds no token"
                        : "holds a token that is not one line of letters and digits");
    }
}
