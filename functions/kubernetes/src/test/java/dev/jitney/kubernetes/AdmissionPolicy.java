package dev.jitney.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicySpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ValidatingAdmissionPolicy of knative/, asked as an API server asks it. */
record AdmissionPolicy(ValidatingAdmissionPolicySpec spec) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path KNATIVE = Path.of(System.getProperty("jitney.root"), "knative");

    /**
     * What comes to the API server.
     *
     * @param group of the resource; empty for pods and Secrets
     */
    record Request(String user, String operation, String group, String resource, Object object) {}

    static AdmissionPolicy read(String file, String name) throws IOException {
        return Arrays.stream(Files.readString(KNATIVE.resolve(file)).split("\n---\n", -1))
                .map(each -> Serialization.unmarshal(each, ValidatingAdmissionPolicy.class))
                .filter(each -> each.getKind().equals("ValidatingAdmissionPolicy"))
                .filter(each -> each.getMetadata().getName().equals(name))
                .map(each -> new AdmissionPolicy(each.getSpec()))
                .findFirst()
                .orElseThrow();
    }

    /** As a patch of the first variable does, which must be the one that is meant. */
    AdmissionPolicy withFirstVariable(String name, String expression) {
        Variable first = spec.getVariables().getFirst();
        if (!first.getName().equals(name)) {
            throw new AssertionError("the first variable is " + first.getName());
        }
        first.setExpression(expression);
        return this;
    }

    /** The messages of the expressions that do not hold. */
    List<String> refusals(Request request) throws Exception {
        Map<String, Object> known = known(request);
        if (!isAsked(request) || !holdsAll(spec.getMatchConditions(), known)) {
            return List.of();
        }
        Map<String, Object> variables = new HashMap<>();
        known.put("variables", variables);
        for (Variable each : spec.getVariables()) {
            variables.put(each.getName(), value(each.getExpression(), SimpleType.DYN, known));
        }
        List<String> refusals = new ArrayList<>();
        for (Validation each : spec.getValidations()) {
            if (!holds(each.getExpression(), known)) {
                refusals.add(each.getMessage());
            }
        }
        return refusals;
    }

    private static Map<String, Object> known(Request request) {
        Object object = JSON.convertValue(request.object(), Map.class);
        Map<String, Object> known = new HashMap<>();
        known.put(request.operation().equals("DELETE") ? "oldObject" : "object", object);
        known.put(
                "request",
                Map.of(
                        "operation",
                        request.operation(),
                        "userInfo",
                        Map.of("username", request.user())));
        return known;
    }

    private boolean isAsked(Request request) {
        return spec.getMatchConstraints().getResourceRules().stream()
                .anyMatch(
                        rule ->
                                rule.getApiGroups().contains(request.group())
                                        && rule.getOperations().contains(request.operation())
                                        && rule.getResources().contains(request.resource()));
    }

    private static boolean holdsAll(List<MatchCondition> conditions, Map<String, Object> known)
            throws Exception {
        for (MatchCondition each : conditions) {
            if (!holds(each.getExpression(), known)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String expression, Map<String, Object> known) throws Exception {
        return Boolean.TRUE.equals(value(expression, SimpleType.BOOL, known));
    }

    private static Object value(String expression, CelType type, Map<String, Object> known)
            throws Exception {
        var compiler =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addVar("object", SimpleType.DYN)
                        .addVar("oldObject", SimpleType.DYN)
                        .addVar("request", SimpleType.DYN)
                        .addVar("variables", SimpleType.DYN)
                        .setResultType(type)
                        .build();
        CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
        return runtime.createProgram(compiler.compile(expression).getAst()).eval(known);
    }
}
