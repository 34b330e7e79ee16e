package dev.jitney.ghes;

import java.net.URI;
import java.util.Optional;

/** Sends calls with the token they need, and follows where GitHub sends them. */
final class Transport {
    private static final int REDIRECTS_MAX = 2;

    private final Wire wire;
    private final TokenSource tokens;
    private volatile TokenFacts facts = TokenFacts.UNKNOWN;

    Transport(Wire wire, TokenSource tokens) {
        this.wire = wire;
        this.tokens = tokens;
    }

    /** What the server last said of the personal access token. */
    TokenFacts facts() {
        return facts;
    }

    boolean isApp() {
        return tokens.isApp();
    }

    /**
     * Sends a call and reads the answer, whatever its status. A 401 to a token that has been kept
     * is followed by one more attempt with another one; the first had no effect then.
     *
     * @throws GhesUnavailable if there is no complete answer before the deadline
     */
    Answer send(Call call) {
        String token = token(call);
        Answer answer = send(call, token);
        if (answer.status() == 401 && tokens.refused(call.organization(), token)) {
            return send(call, token(call));
        }
        return answer;
    }

    private String token(Call call) {
        return call.byApp() ? tokens.appToken() : tokens.token(call.organization());
    }

    private Answer send(Call call, String token) {
        URI target = URI.create(wire.root() + call.path());
        Answer answer = wire.exchange(call, target, token);
        for (int i = 0; i < REDIRECTS_MAX; i++) {
            Optional<URI> moved = moved(call, target, answer);
            if (moved.isEmpty()) break;
            target = moved.get();
            answer = wire.exchange(call, target, token);
        }
        if (!tokens.isApp() && answer.isSuccess()) facts = TokenFacts.of(answer.headers());
        return answer;
    }

    /**
     * GitHub redirects reads about a repository that was renamed. Followed only on the same server:
     * the token must not leave it.
     */
    private Optional<URI> moved(Call call, URI target, Answer answer) {
        boolean isRedirect =
                answer.status() == 301 || answer.status() == 302 || answer.status() == 307;
        if (!isRedirect || !call.method().equals("GET")) return Optional.empty();
        URI root = wire.root();
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(target::resolve)
                    .filter(to -> root.getScheme().equals(to.getScheme()))
                    .filter(to -> root.getAuthority().equals(to.getAuthority()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
