package dev.jitney.broker.activator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for instances. They lie below those that the operating system gives to outgoing
 * connections, so that none is taken between the choice and the start of the instance.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private int next = ThreadLocalRandom.current().nextInt(COUNT);

    int free() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + (FIRST + COUNT));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
