package dev.jitney.ghes.simulator;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of a list, as asked for by {@code page} and {@code per_page}.
 *
 * @param number from 1
 * @param size 1 to 100
 */
record Page(int number, int size) {

    private static final int SIZE_DEFAULT = 30;
    private static final int SIZE_MAX = 100;

    static Page of(RoutingContext context) {
        int size = number(context, "per_page", SIZE_DEFAULT);
        return new Page(Math.max(1, number(context, "page", 1)), Math.clamp(size, 1, SIZE_MAX));
    }

    <T> List<T> of(List<T> all) {
        long from = Math.min(all.size(), (number - 1L) * size);
        long to = Math.min(all.size(), from + size);
        return all.subList((int) from, (int) to);
    }

    /** Adds the {@code Link} header, if there are other pages. */
    void link(RoutingContext context, int total) {
        int last = Math.max(1, (total + size - 1) / size);
        var links = new ArrayList<String>();
        if (number > 1) {
            links.add(link(context, number - 1, "prev"));
            links.add(link(context, 1, "first"));
        }
        if (number < last) {
            links.add(link(context, number + 1, "next"));
            links.add(link(context, last, "last"));
        }
        if (!links.isEmpty()) context.response().putHeader("Link", String.join(", ", links));
    }

    private String link(RoutingContext context, int page, String relation) {
        String address = context.request().absoluteURI().replaceFirst("\\?.*", "");
        var query = new StringBuilder("?per_page=" + size + "&page=" + page);
        for (String name : List.of("name", "status", "filter", "sort", "direction")) {
            String value = context.request().getParam(name);
            if (value != null) query.append('&').append(name).append('=').append(value);
        }
        return "<" + address + query + ">; rel=\"" + relation + "\"";
    }

    static int number(RoutingContext context, String parameter, int otherwise) {
        String text = context.request().getParam(parameter);
        if (text == null || text.isEmpty() || text.length() > 9) return otherwise;
        return text.chars().allMatch(Character::isDigit) ? Integer.parseInt(text) : otherwise;
    }
}
