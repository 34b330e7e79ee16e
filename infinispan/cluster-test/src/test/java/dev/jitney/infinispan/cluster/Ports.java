package dev.jitney.infinispan.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Free ports that stay free: a server that was killed must find its own again, so they are taken
 * from below the range from which the system gives ports to whoever asks for any.
 */
final class Ports {
    private static final int FIRST = 12_000;
    private static final int COUNT = 18_000;

    private Ports() {}

    /** The first of {@code length} free ports in a row, several times. */
    static List<Integer> runs(int count, int length, Random random) {
        List<Integer> found = new ArrayList<>();
        while (found.size() < count) {
            int port = FIRST + random.nextInt(COUNT / length) * length;
            if (!found.contains(port) && areFree(port, length)) {
                found.add(port);
            }
        }
        return found;
    }

    private static boolean areFree(int first, int length) {
        for (int port = first; port < first + length; port++) {
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                // It could be had, and is given back.
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
