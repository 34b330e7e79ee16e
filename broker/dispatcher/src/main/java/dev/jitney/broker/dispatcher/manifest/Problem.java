package dev.jitney.broker.dispatcher.manifest;

/**
 * One thing wrong with the manifests.
 *
 * @param file the file, relative to the directory that was read
 * @param resource kind and name, or empty when the document has none
 * @param field path of the field, or empty
 * @param message what is wrong and what to do
 */
public record Problem(String file, String resource, String field, String message) {
    @Override
    public String toString() {
        return file
                + (resource.isEmpty() ? "" : ": " + resource)
                + (field.isEmpty() ? "" : ": " + field)
                + ": "
                + message;
    }
}
