package dev.jitney.standalone.install;

import java.util.List;
import java.util.Optional;

/**
 * What is special about the runners of an installation.
 *
 * @param classes text of a file of runner classes; empty for those of the overlay
 * @param closed addresses of the cluster's pods and services, which runners may not call
 * @param ports TCP ports that they may call beside 80 and 443
 */
public record SiteRunners(
        Optional<String> classes, List<AddressRange> closed, List<Integer> ports) {
    private static final int PORT_MAX = 65_535;

    /**
     * @throws IllegalArgumentException with what to write
     */
    public SiteRunners {
        closed = List.copyOf(closed);
        ports = ports.stream().distinct().sorted().toList();
        for (int port : ports) {
            if (port < 1 || port > PORT_MAX) {
                throw new IllegalArgumentException(
                        "--runner-port is '" + port + "'; write a TCP port, such as 22");
            }
        }
    }
}
