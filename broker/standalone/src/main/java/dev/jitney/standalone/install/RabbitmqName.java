package dev.jitney.standalone.install;

/** Which RabbitmqCluster the broker uses. */
public record RabbitmqName(String namespace, String name) {
    private static final String PART = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    /**
     * As it is written on the command line.
     *
     * @throws IllegalArgumentException with what to write
     */
    public static RabbitmqName parse(String text) {
        if (!text.matches(PART + "/" + PART)) {
            throw new IllegalArgumentException(
                    "--rabbitmq is '" + text + "'; write NAMESPACE/NAME of a RabbitmqCluster");
        }
        int slash = text.indexOf('/');
        return new RabbitmqName(text.substring(0, slash), text.substring(slash + 1));
    }
}
