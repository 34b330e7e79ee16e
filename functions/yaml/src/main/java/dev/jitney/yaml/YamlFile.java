package dev.jitney.yaml;

import dev.jitney.yaml.YamlField.Entry;
import java.io.StringReader;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one document. */
public final class YamlFile {
    private YamlFile() {}

    /**
     * What a reader makes of a document.
     *
     * @param name of the file, for the message
     * @param reader gets the root; of an empty document it is nothing
     * @param refused makes the exception from file, line and reason
     */
    public static <T> T read(
            String name,
            String text,
            Function<YamlField, T> reader,
            Function<String, ? extends RuntimeException> refused) {
        return located(name, () -> reader.apply(root(text)), refused);
    }

    /** The same for a document, or a part of one, that is there already. */
    public static <T> T located(
            String name,
            Supplier<T> reading,
            Function<String, ? extends RuntimeException> refused) {
        try {
            return reading.get();
        } catch (YamlWrong wrong) {
            throw refused.apply(name + " line " + wrong.line() + ": " + wrong.getMessage());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw refused.apply(name + " line " + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw refused.apply(name + ": " + e.getMessage());
        }
    }

    private static YamlField root(String text) {
        Node root =
                new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
        if (root == null) {
            return YamlField.nothing();
        }
        requireTree(root, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new YamlField(root);
    }

    /**
     * No key twice anywhere, nothing in itself, and nothing by {@code <<}, which nobody follows.
     */
    private static void requireTree(Node node, Set<Node> above) {
        if (!above.add(node)) {
            throw new YamlField(node).wrong("this contains itself");
        }
        switch (node) {
            case MappingNode mapping -> {
                for (Entry each : new YamlField(mapping).entries("keys and values")) {
                    if (each.name().equals("<<")) {
                        throw each.key().wrong("'<<' is not read here; write out what it is for");
                    }
                }
                mapping.getValue().forEach(each -> requireTree(each.getValueNode(), above));
            }
            case SequenceNode list -> list.getValue().forEach(each -> requireTree(each, above));
            default -> {}
        }
        above.remove(node);
    }
}
