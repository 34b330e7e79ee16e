package dev.jitney.infinispan.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server in a JVM of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "listening on ";
    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ServerProcess start(Path data, int port) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerProcess.class.getName(),
                                data.toString(),
                                Integer.toString(port))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        throw new IOException("the server did not start");
    }

    int port() {
        return port;
    }

    /** As {@code kill -9}. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] arguments) throws InterruptedException {
        var config =
                EmbeddedInfinispan.Config.onLoopback(
                        Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        try (EmbeddedInfinispan server = EmbeddedInfinispan.start(config)) {
            System.out.println(READY + server.port());
            Thread.currentThread().join();
        }
    }
}
