package dev.jitney.simulation.load;

import dev.jitney.simulation.engine.Nanos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value in a YAML file, read as what it should be. */
record YamlField(Node node) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)(s|m|h)");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9](-?[A-Za-z0-9]){0,38}");
    private static final long DURATION_MAX = 24 * Nanos.HOUR;

    /** Something at a line that cannot be used. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        private Wrong(int line, String reason) {
            super(reason);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    Wrong wrong(String reason) {
        return new Wrong(node.getStartMark().getLine() + 1, reason);
    }

    /** A mapping with no other keys, and none twice. */
    void only(String... keys) {
        Set<String> seen = new HashSet<>();
        List<String> known = Arrays.asList(keys);
        for (NodeTuple each : entries()) {
            YamlField key = new YamlField(each.getKeyNode());
            String name = key.text();
            if (!known.contains(name)) {
                throw key.wrong("'" + name + "' is not known; write " + String.join(", ", keys));
            }
            if (!seen.add(name)) {
                throw key.wrong("'" + name + "' is there twice");
            }
        }
    }

    private List<NodeTuple> entries() {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw wrong("this is not 'key: value'");
    }

    Optional<YamlField> find(String name) {
        return entries().stream()
                .filter(each -> new YamlField(each.getKeyNode()).text().equals(name))
                .map(each -> new YamlField(each.getValueNode()))
                .findFirst();
    }

    YamlField get(String name) {
        return find(name).orElseThrow(() -> wrong("'" + name + "' is missing"));
    }

    /** At least one. */
    List<YamlField> items() {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw wrong("this is not a list of at least one");
        }
        List<YamlField> items = new ArrayList<>();
        sequence.getValue().forEach(each -> items.add(new YamlField(each)));
        return items;
    }

    private String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong("this is not a single value");
    }

    int whole(int least, int most) {
        String text = text();
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw wrong("'" + text + "' is not a whole number from " + least + " to " + most);
    }

    double positive() {
        String text = text();
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?") && Double.parseDouble(text) > 0) {
            return Double.parseDouble(text);
        }
        throw wrong("'" + text + "' is not a number above 0");
    }

    /** A duration such as 90s, 4m or 1.5h, in nanoseconds. */
    long nanos() {
        Matcher matcher = DURATION.matcher(text());
        if (matcher.matches()) {
            long unit =
                    switch (matcher.group(2)) {
                        case "s" -> Nanos.SECOND;
                        case "m" -> Nanos.MINUTE;
                        default -> Nanos.HOUR;
                    };
            long nanos = (long) (Double.parseDouble(matcher.group(1)) * unit);
            if (nanos > 0 && nanos <= DURATION_MAX) {
                return nanos;
            }
        }
        throw wrong("'" + text() + "' is not a duration above 0 and up to 24h, such as 90s or 4m");
    }

    /** The login of an organization, as Jitney writes it: in lower case. */
    String login() {
        String text = text();
        if (LOGIN.matcher(text).matches()) {
            return text.toLowerCase(Locale.ROOT);
        }
        throw wrong("'" + text + "' is not the login of an organization");
    }
}
