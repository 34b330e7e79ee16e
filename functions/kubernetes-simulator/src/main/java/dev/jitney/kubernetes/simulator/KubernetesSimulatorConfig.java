package dev.jitney.kubernetes.simulator;

import java.time.Duration;

/**
 * What kind of cluster to simulate.
 *
 * @param port port on loopback; 0 takes a free one
 * @param ghesUrl where simulated runners connect, without a trailing slash
 * @param speed virtual seconds per real second, for start-up, grace periods and deadlines; jobs
 *     last as long as the GHES simulator says
 * @param nodes number of ready nodes
 * @param podsPerNode allocatable pods of each node
 * @param podQuota quota of pods in namespace {@code jitney-runners}; 0 sets none
 * @param startUp virtual time from a place on a node to a running runner, at least 20 ms in reality
 * @param watchHistory number of past changes a watch may start from, before it gets 410
 * @param faults how often things go wrong
 * @param observer is told about pods
 */
public record KubernetesSimulatorConfig(
        int port,
        String ghesUrl,
        double speed,
        int nodes,
        int podsPerNode,
        int podQuota,
        Duration startUp,
        int watchHistory,
        KubernetesFaults faults,
        KubernetesObserver observer) {

    public KubernetesSimulatorConfig {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is not positive: " + speed);
        }
        if (port < 0 || nodes < 0 || podsPerNode < 0 || podQuota < 0 || watchHistory < 1) {
            throw new IllegalArgumentException("a number of the configuration is too small");
        }
    }

    /** A cluster for 400 runners in real time, without faults. */
    public static KubernetesSimulatorConfig standard(String ghesUrl) {
        return new KubernetesSimulatorConfig(
                0,
                ghesUrl,
                1,
                4,
                100,
                0,
                Duration.ofSeconds(4),
                10_000,
                KubernetesFaults.none(),
                KubernetesObserver.NONE);
    }

    public KubernetesSimulatorConfig withPort(int newPort) {
        return new KubernetesSimulatorConfig(
                newPort,
                ghesUrl,
                speed,
                nodes,
                podsPerNode,
                podQuota,
                startUp,
                watchHistory,
                faults,
                observer);
    }

    public KubernetesSimulatorConfig withSpeed(double newSpeed) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                newSpeed,
                nodes,
                podsPerNode,
                podQuota,
                startUp,
                watchHistory,
                faults,
                observer);
    }

    public KubernetesSimulatorConfig withNodes(int newNodes, int newPodsPerNode) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                speed,
                newNodes,
                newPodsPerNode,
                podQuota,
                startUp,
                watchHistory,
                faults,
                observer);
    }

    public KubernetesSimulatorConfig withPodQuota(int newPodQuota) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                speed,
                nodes,
                podsPerNode,
                newPodQuota,
                startUp,
                watchHistory,
                faults,
                observer);
    }

    public KubernetesSimulatorConfig withWatchHistory(int newWatchHistory) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                speed,
                nodes,
                podsPerNode,
                podQuota,
                startUp,
                newWatchHistory,
                faults,
                observer);
    }

    public KubernetesSimulatorConfig withFaults(KubernetesFaults newFaults) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                speed,
                nodes,
                podsPerNode,
                podQuota,
                startUp,
                watchHistory,
                newFaults,
                observer);
    }

    public KubernetesSimulatorConfig withObserver(KubernetesObserver newObserver) {
        return new KubernetesSimulatorConfig(
                port,
                ghesUrl,
                speed,
                nodes,
                podsPerNode,
                podQuota,
                startUp,
                watchHistory,
                faults,
                newObserver);
    }
}
