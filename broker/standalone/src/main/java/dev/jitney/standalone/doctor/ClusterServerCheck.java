package dev.jitney.standalone.doctor;

import dev.jitney.kubernetes.ClusterInspection;
import dev.jitney.kubernetes.KubernetesFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Whether the API server answers us, which version it is, and whether its clock agrees. */
public final class ClusterServerCheck implements Check {
    private static final int MINOR_MIN = 30;
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\b.*");

    private final ClusterInspection cluster;

    public ClusterServerCheck(ClusterInspection cluster) {
        this.cluster = cluster;
    }

    @Override
    public String topic() {
        return "Kubernetes";
    }

    @Override
    public List<Finding> look() {
        try {
            return judge(cluster.server());
        } catch (KubernetesFailure failed) {
            return List.of(unreachable(failed));
        }
    }

    static Finding unreachable(KubernetesFailure failed) {
        String what = String.valueOf(failed.getMessage());
        if (failed.status() == 401) {
            return Finding.fail(
                    "the API server does not accept our credentials: " + what,
                    "log in again as your cluster wants it, or name another --kubeconfig");
        }
        if (failed.getCause() instanceof SSLException) {
            return Finding.fail(
                    "the certificate of the API server is not trusted: " + what,
                    "get a new kubeconfig; its certificate-authority-data is not of this cluster");
        }
        return Finding.fail(
                "the API server cannot be asked: " + what,
                "check with kubectl version; the kubeconfig is --kubeconfig, else KUBECONFIG, else"
                        + " ~/.kube/config");
    }

    static List<Finding> judge(ClusterInspection.Server server) {
        List<Finding> findings = new ArrayList<>();
        findings.add(version(server.version()));
        findings.add(clock(server.clockAhead()));
        return findings;
    }

    private static Finding version(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return Finding.fail(
                    "says no version: this is no Kubernetes API server",
                    "check the server in the kubeconfig");
        }
        boolean isOld =
                Integer.parseInt(parts.group(1)) == 1
                        && Integer.parseInt(parts.group(2)) < MINOR_MIN;
        return isOld
                ? Finding.fail(
                        "version " + version + " is older than 1.30",
                        "upgrade the cluster: the fence around privileged pods, a"
                                + " ValidatingAdmissionPolicy, needs 1.30")
                : Finding.ok("version " + version);
    }

    private static Finding clock(Optional<Duration> ahead) {
        return ClockSkew.judged(
                ahead,
                "behind this machine's",
                "ahead of this machine's",
                (what, _) ->
                        Finding.warn(
                                what,
                                "let nodes, GHES and this machine synchronise with NTP: GHES refuses"
                                        + " an App's token that is a minute off"));
    }
}
