package dev.jitney.standalone.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports for a process that may die and must find them again. They are below the range that systems
 * take outgoing connections from, so that no connection sits on one while its owner is away.
 */
final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Set<Integer> given = new HashSet<>();

    int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, BEYOND);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new StartFailed("no port from " + LOWEST + " to " + BEYOND + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
