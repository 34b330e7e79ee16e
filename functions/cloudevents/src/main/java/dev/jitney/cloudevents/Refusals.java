package dev.jitney.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.jitney.core.ledger.LedgerUnavailable;
import io.quarkus.funqy.runtime.ApplicationException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Decides how a failure is answered: what can never succeed must not be delivered again, what may
 * succeed later must.
 */
public final class Refusals {
    private static final int CAUSES_MAX = 20;

    private static final List<FailureMapping> OWN =
            List.of(
                    FailureMapping.tryAgain(TryAgain.class, TryAgain::retryAfter),
                    FailureMapping.permanent(PermanentFailure.class),
                    FailureMapping.of(
                            InProgressElsewhere.class,
                            failure -> new Refusal(409, String.valueOf(failure.getMessage()))),
                    FailureMapping.tryAgain(LedgerUnavailable.class));

    private final List<FailureMapping> mappings;

    /**
     * @param functionMappings what the function adds; they come first
     */
    public Refusals(Iterable<FailureMapping> functionMappings) {
        mappings = new ArrayList<>();
        functionMappings.forEach(mappings::add);
        mappings.addAll(OWN);
    }

    /** The answer to an exception; empty means a bug: 500. */
    public Optional<Refusal> of(Throwable failure) {
        List<Throwable> causes = causesOf(failure);
        return causes.stream()
                .flatMap(cause -> mapped(cause).stream())
                .findFirst()
                .or(() -> poison(unwrapped(causes)));
    }

    private Optional<Refusal> mapped(Throwable failure) {
        return mappings.stream().flatMap(each -> each.refusalOf(failure).stream()).findFirst();
    }

    /**
     * Data that no function can read. Only the exception itself counts, not the causes of another
     * one: unreadable JSON deep inside is somebody else's answer, not this event.
     */
    private static Optional<Refusal> poison(Throwable failure) {
        return switch (failure) {
            case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
                    Optional.of(new Refusal(400, "data does not fit at " + pathOf(mapping)));
            case JsonProcessingException _ ->
                    Optional.of(new Refusal(400, "data is not the JSON that is expected here"));
            case IllegalArgumentException illegal ->
                    Optional.of(new Refusal(400, String.valueOf(illegal.getMessage())));
            default -> Optional.empty();
        };
    }

    /** Field names only: Jackson's own message quotes the data. */
    private static String pathOf(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static List<Throwable> causesOf(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Throwable next = failure;
        while (next != null && causes.size() < CAUSES_MAX) {
            causes.add(next);
            next = next.getCause();
        }
        return causes;
    }

    /** The first that is more than a wrapper. */
    private static Throwable unwrapped(List<Throwable> causes) {
        return causes.stream()
                .filter(each -> each.getCause() == null || !isWrapper(each))
                .findFirst()
                .orElse(causes.getFirst());
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getClass() == RuntimeException.class
                || failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof InvocationTargetException
                || failure instanceof UncheckedIOException
                || failure instanceof ApplicationException;
    }
}
