package dev.jitney.cloudevents;

import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import dev.jitney.core.Capacity;
import dev.jitney.core.Policy;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.Expressions;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the functions have in common from the environment: the {@link Policy} and the file of
 * runner classes. A value that is missing or cannot be used stops the start with one line that
 * names the variable.
 *
 * <ul>
 *   <li>{@code JITNEY_CAPACITY}: most runners of the cluster, from 0, or {@code auto} with {@code
 *       JITNEY_CAPACITY_MAX} and {@code JITNEY_CAPACITY_HEADROOM}
 *   <li>{@code JITNEY_ORG_LIMIT}: most runners of one organization, from 0
 *   <li>{@code JITNEY_CLASSES}: the text of a file of runner classes, see {@link ClassFile}
 * </ul>
 */
@Singleton
public final class FunctionConfig {
    private static final String AUTO = "auto";
    private static final String CAPACITY = "the most runners of the whole cluster";

    /** What surrounds a function that really runs; a simulation brings its own. */
    @Produces
    @Singleton
    FunctionShell shell() {
        return new FunctionShell(InstantSource.system(), DecisionLog::log);
    }

    @Produces
    @Singleton
    ClassFile classes(Config config) {
        // A pod may say ${NAME}, which is not ours to replace.
        return Expressions.withoutExpansion(() -> classes(settings(config)));
    }

    @Produces
    @Singleton
    Capacity capacity(Config config) {
        return capacity(settings(config));
    }

    @Produces
    @Singleton
    Policy policy(Config config, Capacity capacity, ClassFile classes) {
        return policy(settings(config), capacity, classes);
    }

    private static Settings settings(Config config) {
        return name -> config.getOptionalValue(name, String.class).orElse(null);
    }

    /** Makes the policy at start, not at the first event. */
    void validate(@Observes StartupEvent event, Policy policy) {}

    /**
     * The policy that some settings make.
     *
     * @param settings by property name, for instance {@code jitney.org-limit}; null if not set
     * @throws ConfigurationException with one line that says which variable to set to what
     */
    static Policy policy(Settings settings, Capacity capacity, ClassFile classes) {
        return new Policy(
                capacity.of(OptionalInt.empty()),
                count(settings, "org-limit", "the most runners of one organization", "10"),
                classes.classes());
    }

    /**
     * A number, or {@code auto}: what the nodes can hold.
     *
     * @throws ConfigurationException as above
     */
    static Capacity capacity(Settings settings) {
        String text = settings.valueOf("jitney.capacity");
        if (text == null || !text.strip().equals(AUTO)) {
            return new Capacity.Fixed(count(settings, "capacity", CAPACITY, "200, or auto"));
        }
        return new Capacity.Auto(
                count(settings, "capacity-headroom", "runners more than the nodes can hold", "0"),
                count(settings, "capacity-max", CAPACITY, "200"));
    }

    private static int count(Settings settings, String key, String meaning, String example) {
        String write = "write " + meaning + ", a whole number from 0, for example " + example;
        String text = required(settings, key, write);
        try {
            int count = Integer.parseInt(text.strip());
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException _) {
            // Reported below, like a negative number.
        }
        throw invalid(key, "is '" + text + "'; " + write);
    }

    /**
     * The file of runner classes.
     *
     * @throws ConfigurationException with one line that says what is wrong, and where
     */
    static ClassFile classes(Settings settings) {
        String text = required(settings, "classes", "write runner classes, docs/runner-classes.md");
        try {
            return ClassFile.read("JITNEY_CLASSES", text);
        } catch (ClassesRefused e) {
            throw new ConfigurationException(Text.line(String.valueOf(e.getMessage()), 500));
        }
    }

    private static String required(Settings settings, String key, String write) {
        return Optional.ofNullable(settings.valueOf("jitney." + key))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> invalid(key, "is not set; " + write));
    }

    private static ConfigurationException invalid(String key, String problem) {
        String variable = "JITNEY_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
        return new ConfigurationException(Text.line(variable + " " + problem, 500));
    }

    /** Settings by name. */
    @FunctionalInterface
    interface Settings {
        @Nullable String valueOf(String name);
    }
}
