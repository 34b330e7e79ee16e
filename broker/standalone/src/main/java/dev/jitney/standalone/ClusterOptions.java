package dev.jitney.standalone;

import dev.jitney.kubernetes.ClusterInspection;
import dev.jitney.kubernetes.KubernetesConnection;
import dev.jitney.standalone.doctor.Check;
import dev.jitney.standalone.doctor.ClusterAddressCheck;
import dev.jitney.standalone.doctor.ClusterClassesCheck;
import dev.jitney.standalone.doctor.ClusterGatewayCheck;
import dev.jitney.standalone.doctor.ClusterKindsCheck;
import dev.jitney.standalone.doctor.ClusterRabbitmqCheck;
import dev.jitney.standalone.doctor.ClusterReadyCheck;
import dev.jitney.standalone.doctor.ClusterRightsCheck;
import dev.jitney.standalone.doctor.ClusterRoomCheck;
import dev.jitney.standalone.doctor.ClusterServerCheck;
import dev.jitney.standalone.doctor.ClusterSettings;
import dev.jitney.standalone.doctor.ClusterStateCheck;
import dev.jitney.standalone.doctor.ClusterVersionsCheck;
import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.doctor.InfinispanCertificateCheck;
import dev.jitney.standalone.doctor.InfinispanVersionCheck;
import dev.jitney.standalone.install.BrokerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster is looked at. */
final class ClusterOptions {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Option(
            names = "--kubeconfig",
            paramLabel = "F",
            description = "How to reach the cluster (KUBECONFIG, else ~/.kube/config).")
    private @Nullable Path kubeconfig;

    /** When a cluster is looked at. */
    enum Moment {
        /** Nothing is expected to be there; what was decided counts. */
        BEFORE_INSTALLATION,
        /** What is there counts. */
        ANY
    }

    /** The kubeconfig that was named. */
    Optional<Path> given() {
        return Optional.ofNullable(kubeconfig);
    }

    /** Looks at the cluster. */
    List<Doctor.Result> examine(Planned planned, Moment moment) {
        Path file = file();
        if (!Files.isReadable(file)) {
            return unusable("there is no kubeconfig " + file);
        }
        var connection =
                new KubernetesConnection(
                        new KubernetesConnection.ApiServer.Kubeconfig(file.toString()),
                        CONNECT,
                        ANSWER);
        ClusterInspection opened;
        try {
            opened = ClusterInspection.open(connection, InstantSource.system());
        } catch (IllegalArgumentException unreadable) {
            return unusable("the kubeconfig " + file + " cannot be read");
        }
        try (ClusterInspection cluster = opened) {
            return Doctor.examine(List.of(part(connection, cluster, planned, moment)));
        }
    }

    private static List<Doctor.Result> unusable(String what) {
        var finding = Finding.fail(what, "name another one with --kubeconfig");
        return List.of(new Doctor.Result("Kubernetes", List.of(finding)));
    }

    private static Doctor.Part part(
            KubernetesConnection connection,
            ClusterInspection cluster,
            Planned planned,
            Moment moment) {
        boolean live = moment == Moment.ANY;
        var resources = planned.resources();
        List<Check> rest = new ArrayList<>();
        boolean kafka = planned.broker() == BrokerKind.KAFKA;
        rest.add(new ClusterVersionsCheck(cluster));
        rest.add(new ClusterKindsCheck(cluster, resources, kafka));
        if (planned.broker() == BrokerKind.RABBITMQ) {
            rest.add(new ClusterRabbitmqCheck(cluster, live, resources));
        }
        rest.add(new ClusterRightsCheck(cluster, resources));
        var settings = new ClusterSettings(cluster, live, resources);
        rest.add(new ClusterRoomCheck(connection, settings));
        rest.add(new ClusterClassesCheck(cluster, settings, resources));
        rest.add(new ClusterAddressCheck(cluster));
        rest.add(new ClusterGatewayCheck(cluster, resources));
        if (live) {
            rest.add(new ClusterStateCheck(cluster));
            rest.add(new ClusterReadyCheck(cluster, resources));
            rest.add(new InfinispanVersionCheck(cluster, resources));
            rest.add(new InfinispanCertificateCheck(cluster, InstantSource.system()));
        }
        return new Doctor.Part(new ClusterServerCheck(cluster), rest);
    }

    /** The first of several that the environment names. */
    private Path file() {
        if (kubeconfig != null) {
            return kubeconfig;
        }
        String named = System.getenv().getOrDefault("KUBECONFIG", "");
        return named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(named.split(":", 2)[0]);
    }
}
