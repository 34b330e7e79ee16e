package dev.jitney.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes down what a function asks of Kubernetes while its tests run, in the words of a Role:
 * {@code verb resource namespace}, one a line, in {@code target/kubernetes-calls} of its module.
 * RbacTest holds it against the Role that the function gets.
 */
final class KubernetesCalls {
    private static final Path FILE = Path.of("target", "kubernetes-calls");

    /**
     * Set by the first world of a run. A property, since worlds of one run may be of several class
     * loaders, which have no other thing in common.
     */
    private static final String BEGUN = "jitney.kubernetes-calls.begun";

    private KubernetesCalls() {}

    /**
     * Adds calls to those of the same run, and writes all of them. A run of a part of the tests
     * writes nothing: it has not seen everything.
     *
     * @param calls {@code METHOD path}; those that are not for Kubernetes are left out
     */
    static synchronized void write(List<String> calls) {
        if (System.getProperty("test") != null) {
            return;
        }
        Set<String> seen = new TreeSet<>();
        calls.stream()
                .filter(call -> call.contains(" /api/v1/"))
                .map(KubernetesCalls::inWordsOfARole)
                .forEach(seen::add);
        try {
            if (System.setProperty(BEGUN, "true") != null) {
                seen.addAll(Files.readAllLines(FILE));
            }
            Files.createDirectories(FILE.toAbsolutePath().resolveSibling(""));
            Files.write(FILE, seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inWordsOfARole(String call) {
        String method = call.substring(0, call.indexOf(' '));
        String target = call.substring(call.indexOf("/api/v1/") + "/api/v1/".length());
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        boolean watch = query >= 0 && target.substring(query).contains("watch=true");
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        String namespace = "";
        if (parts.getFirst().equals("namespaces") && parts.size() > 2) {
            namespace = parts.get(1);
            parts = parts.subList(2, parts.size());
        }
        boolean named = parts.size() > 1;
        String resource = parts.getFirst() + (parts.size() > 2 ? "/" + parts.get(2) : "");
        return (verb(method, named, watch) + " " + resource + " " + namespace).strip();
    }

    private static String verb(String method, boolean named, boolean watch) {
        return switch (method) {
            case "GET" -> named ? "get" : watch ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> throw new IllegalArgumentException("no verb of a Role for " + method);
        };
    }
}
