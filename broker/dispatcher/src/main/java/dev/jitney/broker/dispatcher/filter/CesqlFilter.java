package dev.jitney.broker.dispatcher.filter;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.util.function.Predicate;

/**
 * A CloudEvents SQL expression. An event on which the evaluation errs does not pass, for instance
 * one without an attribute that the expression reads; write {@code EXISTS x AND ...}.
 */
public final class CesqlFilter implements Predicate<CloudEvent> {
    private final Expression expression;

    /**
     * Parses the expression.
     *
     * @throws io.cloudevents.sql.ParseException if it is not valid CESQL
     */
    public CesqlFilter(String text) {
        expression = Parser.parseDefault(text);
    }

    @Override
    public boolean test(CloudEvent event) {
        Result result = expression.evaluate(EvaluationRuntime.getDefault(), event);
        return !result.isFailed() && Boolean.TRUE.equals(result.value());
    }
}
