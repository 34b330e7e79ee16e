package dev.jitney.infinispan.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Three servers with three copies of everything, each a process with a directory of its own. */
final class Servers implements AutoCloseable {
    static final int COUNT = 3;
    private static final List<String> OPTIONS = List.of("-Xmx192m", "-Xss512k");

    private final Path directory;
    private final Path logs;
    private final String cluster;
    private final List<Integer> ports;
    private final List<Integer> memberPorts;
    private final Map<Integer, Child> running = new HashMap<>();

    Servers(Path directory, Path logs, Random random) {
        this.directory = directory;
        this.logs = logs;
        this.cluster = "cluster-test-" + ProcessHandle.current().pid();
        List<Integer> runs = Ports.runs(COUNT, 3, random);
        this.ports = runs;
        this.memberPorts = runs.stream().map(port -> port + 1).toList();
    }

    /** All of them for a client. */
    String addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(";"));
    }

    int port(int number) {
        return ports.get(number);
    }

    void startAll() throws Exception {
        for (int i = 0; i < COUNT; i++) {
            begin(i);
        }
        for (Child each : running.values()) {
            each.ready().get(60, TimeUnit.SECONDS);
        }
        awaitWhole();
    }

    void start(int number) throws Exception {
        begin(number);
        child(number).ready().get(60, TimeUnit.SECONDS);
        awaitWhole();
    }

    private void begin(int number) throws IOException {
        String name = "node-" + number;
        String others = memberPorts.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> arguments =
                List.of(
                        directory.resolve(name).toString(),
                        Integer.toString(ports.get(number)),
                        cluster,
                        name,
                        Integer.toString(memberPorts.get(number)),
                        others);
        Path log = logs.resolve(name + ".log");
        running.put(number, Child.start(ServerMain.class, log, OPTIONS, arguments));
    }

    void kill(int number) throws InterruptedException {
        Child killed = child(number);
        running.remove(number);
        killed.close();
    }

    void freeze(int number) throws Exception {
        child(number).signal("STOP");
    }

    void thaw(int number) throws Exception {
        child(number).signal("CONT");
    }

    /** Makes up for a test that ended in the middle of it. */
    void thawAll() throws Exception {
        for (Child each : running.values()) {
            each.signal("CONT");
        }
    }

    /** A clean end of all: every one of them keeps its data for a start of all together. */
    void shutDown() throws Exception {
        child(0).ask("shut down the cluster").get(60, TimeUnit.SECONDS);
        for (Child each : List.copyOf(running.values())) {
            each.ask("stop").get(60, TimeUnit.SECONDS);
            each.close();
        }
        running.clear();
    }

    /** Until all see all, and every copy is where it should be. */
    void awaitWhole() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isWhole()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the cluster was not whole within a minute");
            }
            Thread.sleep(50);
        }
    }

    private boolean isWhole() throws Exception {
        for (Child each : new ArrayList<>(running.values())) {
            if (!each.ask("whole?").get(60, TimeUnit.SECONDS).equals("true")) {
                return false;
            }
        }
        return running.size() == COUNT;
    }

    private Child child(int number) {
        Child child = running.get(number);
        if (child == null) {
            throw new IllegalStateException("server " + number + " does not run");
        }
        return child;
    }

    @Override
    public void close() throws InterruptedException {
        for (Child each : running.values()) {
            each.close();
        }
    }
}
