package dev.jitney.broker.activator;

import static java.lang.System.Logger.Level.WARNING;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The volumes of one instance, each a directory that only its owner can read. A process has no file
 * system of its own, so what the environment says of a mount path is changed to the directory that
 * stands for it; a path that is in no variable leads nowhere.
 */
final class Volumes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Volumes.class.getName());

    private final Path directory;
    private final List<Mount> mounts = new ArrayList<>();
    private final Map<Mount, String> problems = new HashMap<>();
    private boolean closed;

    /** A volume and where the container sees it. */
    private record Mount(String path, VolumeFiles files) {}

    /**
     * Makes the volumes of an instance.
     *
     * @param directory of this instance alone; removed by {@link #close}
     * @throws IllegalStateException naming the Secret or ConfigMap that is missing
     */
    static Volumes of(Path directory, Revision revision, Configuration configuration)
            throws IOException {
        var volumes = new Volumes(directory);
        try {
            for (VolumeMount mount : revision.container().getVolumeMounts()) {
                volumes.add(mount, volume(revision, mount.getName()), revision, configuration);
            }
        } catch (IOException | RuntimeException failed) {
            volumes.close();
            throw failed;
        }
        return volumes;
    }

    private Volumes(Path directory) {
        this.directory = directory;
    }

    private void add(
            VolumeMount mount, Volume volume, Revision revision, Configuration configuration)
            throws IOException {
        var files =
                new VolumeFiles(
                        directory.resolve(mount.getName()),
                        () -> data(volume, revision.service().namespace(), configuration));
        files.refresh();
        mounts.add(new Mount(mount.getMountPath(), files));
    }

    private static Volume volume(Revision revision, String name) {
        return revision.volumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no volume " + name));
    }

    private static Map<String, String> data(
            Volume volume, String namespace, Configuration configuration) {
        if (volume.getSecret() != null) {
            boolean optional = Boolean.TRUE.equals(volume.getSecret().getOptional());
            return configuration.secret(namespace, volume.getSecret().getSecretName(), optional);
        }
        boolean optional = Boolean.TRUE.equals(volume.getConfigMap().getOptional());
        return configuration.configMap(namespace, volume.getConfigMap().getName(), optional);
    }

    /** Whether the instance has none. */
    boolean isEmpty() {
        return mounts.isEmpty();
    }

    /** The same text, or the path on this machine if it is a path of a volume. */
    String moved(String text) {
        for (Mount mount : mounts) {
            if (text.equals(mount.path()) || text.startsWith(mount.path() + "/")) {
                return mount.files().directory() + text.substring(mount.path().length());
            }
        }
        return text;
    }

    /** Takes over what has changed; what cannot be read stays as it is. */
    synchronized void refresh() {
        if (closed) {
            return;
        }
        for (Mount mount : mounts) {
            try {
                mount.files().refresh();
                problems.remove(mount);
            } catch (IOException | RuntimeException failure) {
                tell(mount, String.valueOf(failure.getMessage()));
            }
        }
    }

    /** Once, not every second. */
    private void tell(Mount mount, String problem) {
        if (!problem.equals(problems.put(mount, problem))) {
            LOG.log(WARNING, "{0} stays as it is: {1}", mount.files().directory(), problem);
        }
    }

    /** Removes everything. */
    @Override
    public synchronized void close() {
        closed = true;
        remove(directory);
    }

    /** Removes a directory with all it holds, if it exists; follows no links. */
    static void remove(Path root) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + root, failure);
        }
    }
}
