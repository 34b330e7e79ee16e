package dev.jitney.standalone.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jitney.manifests.InvalidKustomization;
import dev.jitney.manifests.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory of a site. Written again it holds the same, whatever was interrupted before; the
 * parts {@code own/} and {@code infinispan/own/} are left alone. Secrets are readable for their
 * owner only, and git is told to ignore them before there are any.
 */
public final class SiteDirectory {
    private static final String INFINISPAN = "infinispan";
    private static final String SECRETS = "secrets";
    private static final String OWN = "own";
    private static final String IGNORE = ".gitignore";
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final Set<PosixFilePermission> HIDDEN =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SHOWN =
            PosixFilePermissions.fromString("rw-r--r--");

    private final Path out;
    private final Path project;

    /** How many files were there already as they should be, and how many were not. */
    public record Written(int changed, int asBefore) {}

    private SiteDirectory(Path out, Path project) {
        this.out = out;
        this.project = project;
    }

    /**
     * A directory that is new, empty, or was made by an earlier run.
     *
     * @param project the checkout with {@code knative/} in it
     * @throws IllegalArgumentException if there is something else
     */
    public static SiteDirectory at(Path out, Path project) throws IOException {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS) && !isOurs(out)) {
            throw new IllegalArgumentException(
                    "--out: "
                            + out
                            + " is there, and was not made by ./jitney install; name another one");
        }
        return new SiteDirectory(out.toAbsolutePath().normalize(), project.toRealPath());
    }

    private static boolean isOurs(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(out)) {
            Path ignore = out.resolve(IGNORE);
            return entries.findAny().isEmpty()
                    || (Files.isRegularFile(ignore)
                            && Files.readString(ignore).startsWith(Kustomizations.MARK));
        }
    }

    /** The directory with what a client of Infinispan needs, in that of a site. */
    public static Path infinispanClient(Path out) {
        return out.resolve(SECRETS + "/infinispan-client");
    }

    /** The directory with what proves to GHES who the functions are. */
    static Path ghesCredentials(Path out) {
        return out.resolve(SECRETS + "/ghes-credentials");
    }

    /** The file with the secrets of the webhook. */
    static Path webhookSecrets(Path out) {
        return out.resolve(SECRETS + "/ghes-webhook/secrets");
    }

    /** The password of Infinispan that an earlier run made or was given. */
    public Optional<String> password() throws IOException {
        Path file = infinispanClient(out).resolve("password");
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Writes everything, the kustomizations last, and removes secrets that are no longer part of
     * it.
     */
    public Written write(Site site, SiteSecrets secrets) throws IOException {
        Path real = Files.createDirectories(out).toRealPath();
        SortedMap<String, String> hidden = new TreeMap<>();
        add(hidden, "", secrets.ofFunctions());
        add(hidden, INFINISPAN + "/", secrets.ofInfinispan());
        SortedMap<String, String> shown = kustomizations(real, site, secrets);
        int changed = write(real, IGNORE, Kustomizations.MARK + "\n" + SECRETS + "/\n", SHOWN);
        for (var each : hidden.entrySet()) {
            changed += write(real, each.getKey(), each.getValue(), HIDDEN);
        }
        for (var each : shown.entrySet()) {
            changed += write(real, each.getKey(), each.getValue(), SHOWN);
        }
        Set<String> all = new HashSet<>(hidden.keySet());
        all.addAll(shown.keySet());
        removeAllBut(real, all);
        return new Written(changed, 1 + all.size() - changed);
    }

    private SortedMap<String, String> kustomizations(Path real, Site site, SiteSecrets secrets) {
        SortedMap<String, String> texts = new TreeMap<>();
        List<ObjectNode> overlay = Rendering.of(project.resolve(site.broker().overlay()));
        SiteCounters counters = SiteCounters.of(site, usualClasses(overlay));
        texts.put(
                KUSTOMIZATION,
                Kustomizations.ofFunctions(
                        site,
                        real.relativize(project),
                        secrets.ofFunctions(),
                        hasOwn(real),
                        counters.patch(overlay)));
        if (site.broker().hasInfinispanCluster()) {
            Path directory = real.resolve(INFINISPAN);
            texts.put(
                    INFINISPAN + "/" + KUSTOMIZATION,
                    Kustomizations.ofInfinispan(
                            directory.relativize(project),
                            secrets.ofInfinispan(),
                            hasOwn(directory),
                            counters.patch(
                                    Rendering.of(project.resolve(Kustomizations.INFINISPAN)))));
        }
        return texts;
    }

    private static boolean hasOwn(Path directory) {
        return Files.isRegularFile(directory.resolve(OWN + "/" + KUSTOMIZATION));
    }

    private static String usualClasses(List<ObjectNode> overlay) {
        return overlay.stream()
                .map(each -> each.at("/data/JITNEY_CLASSES").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the overlay has no runner classes"));
    }

    private static void add(
            SortedMap<String, String> files, String prefix, Collection<MadeObject> made) {
        for (MadeObject each : made) {
            each.content().forEach((key, text) -> files.put(prefix + each.file(key), text));
        }
    }

    /** By way of a file beside it: whoever looks sees all of it or what was there before. */
    private static int write(
            Path out, String name, String content, Set<PosixFilePermission> permissions)
            throws IOException {
        Path file = out.resolve(name);
        if (Files.isRegularFile(file) && Files.readString(file).equals(content)) {
            Files.setPosixFilePermissions(file, permissions);
            return 0;
        }
        Path directory = Files.createDirectories(file.resolveSibling(".").normalize());
        Path fresh = directory.resolve(file.toFile().getName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(permissions));
        Files.writeString(fresh, content);
        // The umask may have taken something away.
        Files.setPosixFilePermissions(fresh, permissions);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return 1;
    }

    private static void removeAllBut(Path out, Set<String> kept) throws IOException {
        for (String part : List.of(SECRETS, INFINISPAN)) {
            Path directory = out.resolve(part);
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            List<Path> all;
            try (Stream<Path> walk = Files.walk(directory)) {
                all =
                        walk.filter(each -> !each.startsWith(directory.resolve(OWN)))
                                .sorted(Comparator.reverseOrder())
                                .toList();
            }
            for (Path each : all) {
                String name = out.relativize(each).toString();
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    deleteIfEmpty(each);
                } else if (!kept.contains(name)) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        boolean isEmpty;
        try (Stream<Path> entries = Files.list(directory)) {
            isEmpty = entries.findAny().isEmpty();
        }
        if (isEmpty) {
            Files.delete(directory);
        }
    }

    /**
     * What will be applied, the Infinispan cluster first.
     *
     * @throws InvalidKustomization if it cannot be rendered
     */
    public List<ObjectNode> rendered() {
        List<ObjectNode> all = new ArrayList<>();
        Path infinispan = out.resolve(INFINISPAN);
        if (Files.isDirectory(infinispan)) {
            all.addAll(Rendering.of(infinispan));
        }
        all.addAll(Rendering.of(out));
        return all;
    }
}
