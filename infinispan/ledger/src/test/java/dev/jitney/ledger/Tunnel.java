package dev.jitney.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code kubectl port-forward} is: bytes in, the same bytes out at another address. */
final class Tunnel implements AutoCloseable {
    private final ServerSocket near;
    private final int far;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Tunnel(ServerSocket near, int far) {
        this.near = near;
        this.far = far;
    }

    static Tunnel to(int port) throws IOException {
        var tunnel = new Tunnel(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.startVirtualThread(tunnel::accept);
        return tunnel;
    }

    String address() {
        return "localhost:" + near.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket here = near.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), far);
                open.add(here);
                open.add(there);
                Thread.startVirtualThread(() -> pass(here, there));
                Thread.startVirtualThread(() -> pass(there, here));
            }
        } catch (IOException e) {
            collapse();
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One side has closed it, and so both have.
        }
    }

    @Override
    public void close() {
        collapse();
    }

    /** Cuts what is open, and lets nothing more in. */
    void collapse() {
        open.forEach(Tunnel::closeQuietly);
        closeQuietly(near);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
