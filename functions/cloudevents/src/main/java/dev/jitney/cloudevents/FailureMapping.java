package dev.jitney.cloudevents;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says how a function's own exceptions are answered. Every CDI bean of this type is asked, for the
 * failure and then for each of its causes, before the general rules of {@link FunqyGuard}.
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * FailureMapping ghesUnavailable() {
 *     return FailureMapping.tryAgain(GhesUnavailable.class, GhesUnavailable::retryAfter);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface FailureMapping {

    /** The answer to this very exception (not to its causes), or empty if it is not known here. */
    Optional<Refusal> refusalOf(Throwable failure);

    /** Answers exceptions of one type, and of its subtypes. */
    static <T extends Throwable> FailureMapping of(Class<T> type, Function<T, Refusal> refusal) {
        return failure ->
                type.isInstance(failure)
                        ? Optional.of(refusal.apply(type.cast(failure)))
                        : Optional.empty();
    }

    /** 503: the broker delivers again. The exception's message becomes the body. */
    static <T extends Throwable> FailureMapping tryAgain(Class<T> type) {
        return of(type, failure -> new Refusal(503, messageOf(failure)));
    }

    /** 503 with {@code Retry-After} where the exception knows it. */
    static <T extends Throwable> FailureMapping tryAgain(
            Class<T> type, Function<T, Optional<Duration>> retryAfter) {
        return of(
                type,
                failure ->
                        new Refusal(
                                503, messageOf(failure), retryAfter.apply(failure).orElse(null)));
    }

    /** 422: never delivered again. The exception's message becomes the body. */
    static <T extends Throwable> FailureMapping permanent(Class<T> type) {
        return of(type, failure -> new Refusal(422, messageOf(failure)));
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
