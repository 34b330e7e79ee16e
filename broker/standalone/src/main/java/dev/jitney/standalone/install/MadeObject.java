package dev.jitney.standalone.install;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Secret, or a ConfigMap, that is made of files.
 *
 * @param type of the Secret; empty for a ConfigMap
 * @param content of the files, by their keys; not to be shown for a Secret
 */
record MadeObject(String namespace, String name, String type, SortedMap<String, String> content) {
    MadeObject {
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    }

    static MadeObject secret(String namespace, String name) {
        return secret(namespace, name, "Opaque");
    }

    static MadeObject secret(String namespace, String name, String type) {
        return new MadeObject(namespace, name, type, new TreeMap<>());
    }

    static MadeObject configMap(String namespace, String name) {
        return new MadeObject(namespace, name, "", new TreeMap<>());
    }

    boolean isSecret() {
        return !type.isEmpty();
    }

    /** One file more. */
    MadeObject with(String key, String text) {
        SortedMap<String, String> more = new TreeMap<>(content);
        more.put(key, text);
        return new MadeObject(namespace, name, type, more);
    }

    /**
     * Where a file is, seen from the kustomization; its last part is the key, as kustomize wants.
     */
    String file(String key) {
        return "secrets/" + name + "/" + key;
    }

    /** Its kind, name and namespace. */
    ObjectNode reference() {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.put("apiVersion", "v1").put("kind", isSecret() ? "Secret" : "ConfigMap");
        reference.putObject("metadata").put("namespace", namespace).put("name", name);
        return reference;
    }

    /** Leaves the content out. */
    @Override
    public String toString() {
        return namespace + "/" + name + content.keySet();
    }
}
