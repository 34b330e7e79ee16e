package dev.jitney.standalone.system;

import dev.jitney.standalone.platform.PlatformMessage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The processes of a system, and the file {@code pids} that lists them: one line each, process id
 * and name, first {@code supervisor} and {@code platform}, then each function's instances.
 */
public final class RunningProcesses {
    private final DataDirectory data;
    private final SequencedMap<String, Long> functions = new TreeMap<>();
    private long platform;
    private long coldStarts;

    RunningProcesses(DataDirectory data) {
        this.data = data;
    }

    synchronized void platformStarted(long pid) {
        platform = pid;
        write();
    }

    /** The functions die with it. */
    synchronized void platformEnded() {
        platform = 0;
        functions.clear();
        write();
    }

    synchronized void functionStarted(PlatformMessage.FunctionStarted started) {
        functions.put(key(started.function(), started.instance()), started.pid());
        coldStarts++;
        write();
    }

    synchronized void functionEnded(PlatformMessage.FunctionEnded ended) {
        functions.remove(key(ended.function(), ended.instance()));
        write();
    }

    /** The platform's process id; 0 while there is none. */
    public synchronized long platform() {
        return platform;
    }

    /** Process ids of all instances, in the order of their names. */
    public synchronized List<Long> functions() {
        return List.copyOf(functions.values());
    }

    /** Process ids of one function's instances. */
    public synchronized List<Long> functions(String name) {
        return functions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "-"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Processes of functions started since the system is up. */
    public synchronized long coldStarts() {
        return coldStarts;
    }

    private static String key(String function, int instance) {
        return "%s-%04d".formatted(function, instance);
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        text.append(ProcessHandle.current().pid()).append(" supervisor\n");
        if (platform != 0) {
            text.append(platform).append(" platform\n");
        }
        Collection<Map.Entry<String, Long>> entries = functions.entrySet();
        text.append(
                entries.stream()
                        .map(entry -> entry.getValue() + " " + nameOf(entry.getKey()) + "\n")
                        .collect(Collectors.joining()));
        data.replace("pids", text.toString());
    }

    private static String nameOf(String key) {
        return key.substring(0, key.lastIndexOf('-'));
    }
}
