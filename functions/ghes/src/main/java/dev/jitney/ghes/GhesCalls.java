package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Calls whose answers mean the same to every client: a tree, nothing, a failure, several pages. */
final class GhesCalls {
    /** What a page holds when it is full; {@code per_page=100} belongs into the path. */
    static final int PAGE_SIZE = 100;

    private static final int ORGANIZATION_PAGES_MAX = 100;

    private final Transport transport;
    private final InstantSource clock;

    GhesCalls(Transport transport, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
    }

    Answer send(Call call) {
        return transport.send(call);
    }

    GhesException failure(Answer answer) {
        return answer.failure(clock.instant());
    }

    JsonNode json(Answer answer) {
        return answer.json(clock.instant());
    }

    /** The body; anything but a success fails. */
    JsonNode read(Call call) {
        return json(send(call));
    }

    /** The same, and empty for 404. */
    Optional<JsonNode> find(Call call) {
        Answer answer = send(call);
        return answer.status() == 404 ? Optional.empty() : Optional.of(json(answer));
    }

    /** For calls whose answer holds nothing. */
    void perform(Call call) {
        Answer answer = send(call);
        if (!answer.isSuccess()) throw failure(answer);
    }

    /**
     * The elements of all pages.
     *
     * @param field that holds the elements; empty if the body is the list
     * @param page the body of a page by its number, from 1; empty if there is none
     */
    static List<JsonNode> pages(int pagesMax, String field, IntFunction<Optional<JsonNode>> page) {
        var all = new ArrayList<JsonNode>();
        for (int number = 1; number <= pagesMax; number++) {
            List<JsonNode> items =
                    page.apply(number)
                            .map(body -> field.isEmpty() ? body : body.path(field))
                            .map(list -> Json.list(list, Function.identity()))
                            .orElse(List.of());
            all.addAll(items);
            if (items.size() < PAGE_SIZE) return all;
        }
        throw new IllegalStateException("more than " + pagesMax + " pages");
    }

    /** As {@link Ghes#organizations()}: for a GitHub App, those it is installed in. */
    List<String> organizations() {
        return transport.isApp()
                ? installations().stream()
                        .filter(Installation::serves)
                        .map(Installation::account)
                        .toList()
                : allOrganizations();
    }

    /** All organizations of the server. */
    List<String> allOrganizations() {
        var logins = new ArrayList<String>();
        long since = 0;
        for (int page = 0; page < ORGANIZATION_PAGES_MAX; page++) {
            JsonNode found = read(Call.get("", "/organizations?per_page=100&since=" + since));
            logins.addAll(Json.list(found, node -> Json.required(node, "login")));
            if (found.size() < PAGE_SIZE) return List.copyOf(logins);
            since = Json.id(found.path(found.size() - 1), "id");
        }
        throw new IllegalStateException("more than 10000 organizations");
    }

    /** Where the GitHub App that we are is installed. */
    List<Installation> installations() {
        String path = "/app/installations?per_page=100&page=";
        return pages(
                        ORGANIZATION_PAGES_MAX,
                        "",
                        page -> Optional.of(read(Call.get("", path + page).asApp())))
                .stream()
                .map(Json::installation)
                .toList();
    }
}
