package dev.jitney.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file, read as what it should be. All reading throws {@link YamlWrong}. */
public final class YamlField {
    private static final String EACH = ", each as 'name: value'";

    private final Node node;

    YamlField(Node node) {
        this.node = node;
    }

    /** What an empty document holds. */
    public static YamlField nothing() {
        return new YamlField(
                new ScalarNode(Tag.NULL, "", null, null, DumperOptions.ScalarStyle.PLAIN));
    }

    /** A key and its value. */
    public record Entry(YamlField key, YamlField value) {
        public String name() {
            return key.scalar();
        }
    }

    /** From 1. */
    public int line() {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    public YamlWrong wrong(@Nullable String reason) {
        return new YamlWrong(line(), String.valueOf(reason));
    }

    /** Nothing was written: an empty document, or a key without a value. */
    public boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /**
     * The keys and values of a mapping, in the order of the file, none twice; nothing has none.
     *
     * @param what should be here, for the message
     */
    public List<Entry> entries(String what) {
        if (isNothing()) {
            return List.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("write " + what + EACH);
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (NodeTuple each : mapping.getValue()) {
            YamlField key = new YamlField(each.getKeyNode());
            if (!(each.getKeyNode() instanceof ScalarNode)) {
                throw key.wrong("write " + what + EACH);
            }
            if (!seen.add(key.scalar())) {
                throw key.wrong("'" + key.scalar() + "' is there twice");
            }
            entries.add(new Entry(key, new YamlField(each.getValueNode())));
        }
        return entries;
    }

    /** A mapping that has no keys but these. */
    public List<Entry> only(String... known) {
        List<Entry> entries = entries(Spelling.choice(Arrays.asList(known)));
        for (Entry each : entries) {
            if (!Arrays.asList(known).contains(each.name())) {
                throw each.key().unknown(Arrays.asList(known));
            }
        }
        return entries;
    }

    /** This key is none of those that are known. */
    public YamlWrong unknown(List<String> known) {
        return wrong("'" + scalar() + "' is not known; " + Spelling.advice(scalar(), known));
    }

    /** The value of a key, also if nothing is written there; empty without the key. */
    public Optional<YamlField> find(String name) {
        return node instanceof MappingNode
                ? entries(name).stream()
                        .filter(each -> each.name().equals(name))
                        .map(Entry::value)
                        .findFirst()
                : Optional.empty();
    }

    /** The value of a key, if something is written there. */
    public Optional<YamlField> given(String name) {
        return find(name).filter(value -> !value.isNothing());
    }

    public YamlField get(String name) {
        return find(name).orElseThrow(() -> wrong("'" + name + "' is missing"));
    }

    /**
     * The values of a list; nothing has none.
     *
     * @param what should be here, for the message
     */
    public List<YamlField> items(String what) {
        if (isNothing()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("write " + what);
        }
        return sequence.getValue().stream().map(YamlField::new).toList();
    }

    /**
     * The deepest value on a path that was written.
     *
     * @param path keys, and positions in lists from 0
     */
    public YamlField nearest(List<?> path) {
        if (path.isEmpty()) {
            return this;
        }
        Optional<YamlField> next = Optional.empty();
        if (path.getFirst() instanceof String name) {
            next = find(name);
        } else if (path.getFirst() instanceof Integer index
                && node instanceof SequenceNode sequence
                && index >= 0
                && index < sequence.getValue().size()) {
            next = Optional.of(new YamlField(sequence.getValue().get(index)));
        }
        return next.map(field -> field.nearest(path.subList(1, path.size()))).orElse(this);
    }

    /**
     * A single value as it was written.
     *
     * @param what should be here, for the message
     */
    public String text(String what) {
        if (node instanceof ScalarNode && !isNothing()) {
            return scalar();
        }
        throw wrong("write " + what);
    }

    /** A single value made into something that refuses what it cannot be. */
    public <T> T as(String what, Function<String, T> type) {
        try {
            return type.apply(text(what));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** A whole number in a range, both ends in it; no upper end with {@link Integer#MAX_VALUE}. */
    public int whole(int least, int most) {
        String range = "a whole number from " + least;
        if (most < Integer.MAX_VALUE) {
            range += " to " + most;
        }
        String text = text(range);
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw wrong("'" + text + "' is not " + range);
    }

    public boolean flag() {
        String text = text("true or false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("'" + text + "' is neither true nor false");
        };
    }

    /** Everything below as maps, lists, strings, numbers and booleans; null for nothing. */
    public @Nullable Object plain() {
        return new Plain().of(node);
    }

    private String scalar() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static final class Plain extends SafeConstructor {
        Plain() {
            super(new LoaderOptions());
        }

        @Nullable Object of(Node node) {
            return constructDocument(node);
        }
    }
}
