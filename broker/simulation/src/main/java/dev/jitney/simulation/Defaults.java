package dev.jitney.simulation;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of a function as they are when nobody sets anything. */
final class Defaults {
    private Defaults() {}

    static <T> T of(Class<T> settings) {
        Map<String, Object> values = new HashMap<>();
        for (Method method : settings.getMethods()) {
            WithDefault value = method.getAnnotation(WithDefault.class);
            if (value != null) {
                values.put(method.getName(), read(value.value(), method.getReturnType()));
            }
        }
        Object proxy =
                Proxy.newProxyInstance(
                        settings.getClassLoader(),
                        new Class<?>[] {settings},
                        (_, method, _) -> values.get(method.getName()));
        return settings.cast(proxy);
    }

    private static Object read(String text, Class<?> type) {
        if (type == Duration.class) {
            return Duration.parse(text.startsWith("P") ? text : "PT" + text);
        }
        if (type == int.class) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("no default of type " + type);
    }
}
