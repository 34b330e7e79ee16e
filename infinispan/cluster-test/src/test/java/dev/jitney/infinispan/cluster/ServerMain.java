package dev.jitney.infinispan.cluster;

import dev.jitney.infinispan.server.EmbeddedInfinispan;
import dev.jitney.infinispan.server.EmbeddedInfinispan.Config;
import dev.jitney.infinispan.server.Membership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One server. Arguments: data directory, port for clients, cluster, name, ports of the members. */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws IOException {
        List<Integer> ports =
                Arrays.stream(arguments[5].split(",", -1)).map(Integer::valueOf).toList();
        var membership =
                new Membership(arguments[2], arguments[3], Integer.parseInt(arguments[4]), ports);
        var config =
                Config.ofMember(Path.of(arguments[0]), Integer.parseInt(arguments[1]), membership);
        EmbeddedInfinispan server = EmbeddedInfinispan.start(config);
        Child.answer(question -> answer(server, ports.size(), question));
    }

    private static String answer(EmbeddedInfinispan server, int members, String question) {
        switch (question) {
            case "whole?" -> {
                return Boolean.toString(server.isWhole(members));
            }
            case "shut down the cluster" -> server.shutDownCluster();
            case "stop" -> server.close();
            default -> throw new IllegalArgumentException(question);
        }
        return "done";
    }
}
