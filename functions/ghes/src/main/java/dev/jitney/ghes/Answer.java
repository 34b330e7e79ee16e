package dev.jitney.ghes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response that was read completely.
 *
 * @param call what was asked
 * @param status the HTTP status
 * @param headers the response headers
 * @param body as text, at most 16 MiB
 */
record Answer(Call call, int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REASON_CHARS_MAX = 200;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"next\"");

    /** The body of a success; anything else becomes the failure it stands for. */
    JsonNode json(Instant now) {
        if (!isSuccess()) throw failure(now);
        try {
            return JSON.readTree(body);
        } catch (IOException malformed) {
            // The cause is left out: its message quotes the body.
            throw new GhesUnavailable(
                    call.describe() + ": the answer is not JSON", Optional.empty());
        }
    }

    /** A parameter of the address of the next page, if the {@code Link} header names one. */
    Optional<String> next(String parameter) {
        Matcher next = NEXT.matcher(headers.firstValue("Link").orElse(""));
        if (!next.find()) return Optional.empty();
        return Arrays.stream(next.group(1).replaceFirst("^[^?]*\\?", "").split("&", -1))
                .filter(each -> each.startsWith(parameter + "="))
                .map(each -> each.substring(parameter.length() + 1))
                .map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8))
                .findFirst();
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    GhesException failure(Instant now) {
        String message = call.describe() + ": " + status + reason();
        boolean retryable =
                status >= 500
                        || status == 429
                        || status == 408
                        || (status == 403 && RetryAfter.isRateLimit(headers));
        return retryable
                ? new GhesUnavailable(message, RetryAfter.of(headers, now))
                : new GhesRefused(message, status);
    }

    /** GitHub's own {@code message}. Only errors are quoted, which never hold a configuration. */
    private String reason() {
        try {
            String text = JSON.readTree(body).path("message").asText("");
            String line = text.codePoints().allMatch(c -> c >= ' ') ? text : "";
            if (line.isEmpty()) return "";
            return " " + line.substring(0, Math.min(line.length(), REASON_CHARS_MAX));
        } catch (IOException notJson) {
            return "";
        }
    }
}
