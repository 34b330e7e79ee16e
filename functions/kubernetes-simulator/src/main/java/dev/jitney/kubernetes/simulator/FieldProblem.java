package dev.jitney.kubernetes.simulator;

/**
 * What is wrong with one field of an object.
 *
 * @param reason word for programs, for example {@code FieldValueRequired}
 */
record FieldProblem(String field, String reason, String message) {
    static FieldProblem required(String field) {
        return new FieldProblem(field, "FieldValueRequired", "Required value");
    }

    static FieldProblem invalid(String field, String value, String why) {
        return new FieldProblem(
                field, "FieldValueInvalid", "Invalid value: \"%s\": %s".formatted(value, why));
    }

    static FieldProblem unsupported(String field, String value, String supported) {
        return new FieldProblem(
                field,
                "FieldValueNotSupported",
                "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
    }

    static FieldProblem forbidden(String field, String why) {
        return new FieldProblem(field, "FieldValueForbidden", "Forbidden: " + why);
    }

    static FieldProblem duplicate(String field, String value) {
        return new FieldProblem(
                field, "FieldValueDuplicate", "Duplicate value: \"%s\"".formatted(value));
    }

    static FieldProblem notFound(String field, String value) {
        return new FieldProblem(field, "FieldValueNotFound", "Not found: \"%s\"".formatted(value));
    }

    String text() {
        return field + ": " + message;
    }
}
