package dev.jitney.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Path;

/** Where images go. */
sealed interface Destination {

    /** What an image is called there. */
    String name(String image, String tag);

    Containerizer containerizer(String image, String tag) throws InvalidImageReferenceException;

    /**
     * A registry and a path in it, or {@code tar:DIRECTORY}.
     *
     * @throws IllegalArgumentException with what to write
     */
    static Destination of(String text) {
        if (text.startsWith("tar:")) {
            return new Archive(Path.of(text.substring("tar:".length())));
        }
        if (text.isBlank() || text.contains("://") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no place for images; write a registry and a path in it, for"
                            + " example registry.example.com/jitney, or tar:DIRECTORY");
        }
        return new Registry(text);
    }

    /**
     * A registry. Who may push there is read from {@code ~/.docker/config.json}, or from the
     * helpers it names.
     *
     * @param prefix registry and path
     */
    record Registry(String prefix) implements Destination {
        @Override
        public String name(String image, String tag) {
            return prefix + "/" + image + ":" + tag;
        }

        @Override
        public Containerizer containerizer(String image, String tag)
                throws InvalidImageReferenceException {
            ImageReference reference = ImageReference.parse(name(image, tag));
            return Containerizer.to(
                    RegistryImage.named(reference)
                            .addCredentialRetriever(
                                    CredentialRetrieverFactory.forImage(reference, _ -> {})
                                            .dockerConfig()));
        }
    }

    /** Files that {@code docker load}, {@code ctr images import} and {@code kind load} read. */
    record Archive(Path directory) implements Destination {
        @Override
        public String name(String image, String tag) {
            return "jitney/" + image + ":" + tag;
        }

        Path file(String image) {
            return directory.resolve(image + ".tar");
        }

        @Override
        public Containerizer containerizer(String image, String tag)
                throws InvalidImageReferenceException {
            return Containerizer.to(TarImage.at(file(image)).named(name(image, tag)));
        }
    }
}
