package dev.jitney.simulation.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of a function by the type of event they take, as its annotations say. */
public final class Handlers {
    private static final String ANY = "*";

    private final ObjectMapper mapper;
    private final Map<String, Handler> byType = new LinkedHashMap<>();

    private record Handler(MethodHandle method, Class<?> data) {}

    public Handlers(Class<?> function, ObjectMapper mapper) {
        this.mapper = mapper;
        for (Method method : function.getMethods()) {
            CloudEventMapping mapping = method.getAnnotation(CloudEventMapping.class);
            if (mapping != null) {
                byType.put(mapping.trigger(), new Handler(handle(method), data(method)));
            }
        }
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.publicLookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " is not public", e);
        }
    }

    private static Class<?> data(Method method) {
        ParameterizedType event = (ParameterizedType) method.getGenericParameterTypes()[0];
        return (Class<?>) event.getActualTypeArguments()[0];
    }

    /**
     * Has a function handle an event.
     *
     * @return its reply; null for none
     * @throws IllegalArgumentException if it takes no such event, or cannot read it
     */
    @SuppressWarnings("unchecked")
    @Nullable CloudEvent<JsonNode> handle(Object function, Event event) {
        Handler handler = byType.getOrDefault(event.type(), byType.get(ANY));
        if (handler == null) {
            throw new IllegalArgumentException("no function here takes " + event.type());
        }
        try {
            CloudEvent<?> read = event.with(read(event.data(), handler.data()));
            return (CloudEvent<JsonNode>) handler.method().invoke(function, read);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Object read(JsonNode data, Class<?> as) {
        try {
            return as == JsonNode.class ? data : mapper.treeToValue(data, as);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the data is no " + as.getSimpleName(), e);
        }
    }
}
