package dev.jitney.standalone.system;

import dev.jitney.broker.dispatcher.manifest.GoDuration;
import dev.jitney.broker.dispatcher.manifest.Manifests;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --set key=value} changes: the keys of the ConfigMap, {@code org-limit} being {@code
 * JITNEY_ORG_LIMIT}, and those of the local system.
 *
 * @param environment variables that win over the ConfigMap
 * @param capacity most runners at the same time
 * @param orgLimit most runners of one organization at the same time
 * @param tick pause between two runs of the reconciler; null follows the PingSource
 * @param idle after which an idle function is stopped; null follows the Services
 * @param forceToDisk whether the broker forces events to the disk
 * @param speed virtual seconds per second in the simulators; null takes the default
 */
public record Settings(
        Map<String, String> environment,
        int capacity,
        int orgLimit,
        @Nullable Duration tick,
        @Nullable Duration idle,
        boolean forceToDisk,
        @Nullable Double speed) {
    private static final String PREFIX = "JITNEY_";
    private static final NavigableSet<String> LOCAL =
            new TreeSet<>(Set.of("broker.fsync", "idle", "speed", "tick"));

    /** These follow from what is started here; GHES has an option of its own. */
    private static final Set<String> GIVEN = Set.of("ghes-url", "infinispan");

    public Settings {
        environment = Map.copyOf(environment);
    }

    /**
     * Reads settings.
     *
     * @param given key by key, as written on the command line
     * @throws IllegalArgumentException with one line, for an unknown key or a bad value
     */
    public static Settings of(Map<String, String> given, Manifests manifests) {
        Map<String, String> variables = variables(manifests);
        NavigableSet<String> known = new TreeSet<>(LOCAL);
        variables.keySet().stream().map(Settings::key).forEach(known::add);
        known.removeAll(GIVEN);
        Map<String, String> changed = new LinkedHashMap<>();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            if (!known.contains(setting.getKey())) {
                throw new IllegalArgumentException(
                        "unknown key '%s'; known: %s"
                                .formatted(setting.getKey(), String.join(", ", known)));
            }
            if (!LOCAL.contains(setting.getKey())) {
                changed.put(variable(setting.getKey()), setting.getValue());
            }
        }
        Map<String, String> effective = new TreeMap<>(variables);
        effective.putAll(changed);
        return new Settings(
                changed,
                count("capacity", effective),
                count("org-limit", effective),
                duration("tick", given),
                duration("idle", given),
                bool("broker.fsync", given),
                speed(given));
    }

    /** The same with this pause between two runs of the reconciler, unless one was given. */
    public Settings withTickUnlessSet(Duration value) {
        return new Settings(
                environment,
                capacity,
                orgLimit,
                tick == null ? value : tick,
                idle,
                forceToDisk,
                speed);
    }

    /** The same with one more variable. */
    public Settings with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Settings(more, capacity, orgLimit, tick, idle, forceToDisk, speed);
    }

    private static Map<String, String> variables(Manifests manifests) {
        Map<String, String> variables = new TreeMap<>();
        manifests.configMaps().stream()
                .filter(map -> map.getData() != null)
                .flatMap(map -> map.getData().entrySet().stream())
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue()));
        return variables;
    }

    private static String key(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static int count(String key, Map<String, String> variables) {
        String text = variables.getOrDefault(variable(key), "0");
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException _) {
            // Reported below, like a negative number.
        }
        throw bad(key, text, "a whole number from 0");
    }

    private static @Nullable Duration duration(String key, Map<String, String> given) {
        String text = given.get(key);
        if (text == null) {
            return null;
        }
        return GoDuration.parse(text)
                .filter(Duration::isPositive)
                .orElseThrow(() -> bad(key, text, "a duration such as 5s or 1m30s"));
    }

    private static boolean bool(String key, Map<String, String> given) {
        String text = given.getOrDefault(key, "false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, text, "true or false");
        };
    }

    private static @Nullable Double speed(Map<String, String> given) {
        String text = given.get("speed");
        if (text == null) {
            return null;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0 && speed <= 10_000) {
                return speed;
            }
        } catch (NumberFormatException _) {
            // Reported below, like a number out of range.
        }
        throw bad("speed", text, "a number above 0, at most 10000");
    }

    private static IllegalArgumentException bad(String key, String text, String expected) {
        return new IllegalArgumentException("%s is '%s', not %s".formatted(key, text, expected));
    }
}
