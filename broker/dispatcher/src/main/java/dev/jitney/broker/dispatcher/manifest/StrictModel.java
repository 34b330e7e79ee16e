package dev.jitney.broker.dispatcher.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads resources into their model and refuses fields that it does not declare. */
public final class StrictModel {
    /** The model itself would keep unknown fields. */
    public static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(new WithoutAnySetter())
                    .build();

    private StrictModel() {}

    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(com.fasterxml.jackson.databind.introspect.Annotated member) {
            return !(member instanceof AnnotatedMember) && super.hasAnySetter(member);
        }
    }
}
