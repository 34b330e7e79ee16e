package dev.jitney.infinispan.server;

import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The part of a server in a cluster of several on this machine.
 *
 * @param cluster name that only its members use
 * @param name of this member; the same again after a restart
 * @param port where it listens for the other members; it also listens on the next higher one
 * @param ports of all members, this one's too
 */
public record Membership(String cluster, String name, int port, List<Integer> ports) {
    public Membership {
        ports = List.copyOf(ports);
        if (!ports.contains(port)) {
            throw new IllegalArgumentException(port + " is not among the ports " + ports);
        }
    }

    /** What the placeholders in {@code loopback.xml} stand for. */
    Properties placeholders() {
        Properties properties = new Properties();
        properties.setProperty("jitney.cluster", cluster);
        properties.setProperty("jitney.member.name", name);
        properties.setProperty("jitney.member.port", Integer.toString(port));
        properties.setProperty(
                "jitney.member.all",
                ports.stream()
                        .map(each -> "127.0.0.1[" + each + "]")
                        .collect(Collectors.joining(",")));
        return properties;
    }
}
