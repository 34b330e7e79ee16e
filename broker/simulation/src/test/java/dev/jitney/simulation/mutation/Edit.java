package dev.jitney.simulation.mutation;

/**
 * A change of one source file.
 *
 * @param file relative to the repository
 * @param from occurs exactly once in it
 */
record Edit(String file, String from, String to) {

    /**
     * The changed source.
     *
     * @throws IllegalStateException when the file has changed and the edit is out of date
     */
    String applied(String source) {
        int first = source.indexOf(from);
        if (first < 0 || source.indexOf(from, first + 1) >= 0) {
            throw new IllegalStateException(
                    "a mutation is out of date, change it with the code: "
                            + file
                            + " has not exactly once:\n"
                            + from);
        }
        return source.substring(0, first) + to + source.substring(first + from.length());
    }
}
