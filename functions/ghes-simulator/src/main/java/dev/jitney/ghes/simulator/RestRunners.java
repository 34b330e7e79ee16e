package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import dev.jitney.ghes.simulator.Runners.Registration;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runners and runner groups of an organization. */
final class RestRunners {

    /** Labels GitHub knows itself come back as read-only. */
    private static final List<String> READ_ONLY =
            List.of("self-hosted", "linux", "x64", "arm64", "windows", "macos");

    private static final long DEFAULT_GROUP = 1;
    private static final int NAME_CHARS_MAX = 64;
    private static final int LABELS_MAX = 100;

    private final Actions actions;
    private final Timing timing;
    private final Dice dice;
    private final Urls urls;

    RestRunners(Actions actions, Timing timing, Dice dice, Urls urls) {
        this.actions = actions;
        this.timing = timing;
        this.dice = dice;
        this.urls = urls;
    }

    void generate(RoutingContext context) {
        Organization organization = organization(context);
        JsonObject request = object(context);
        if (organization == null) {
            Answers.notFound(context);
            return;
        }
        if (request == null) {
            Answers.error(context, 400, "Problems parsing JSON");
            return;
        }
        List<String> errors = errors(request);
        if (!errors.isEmpty()) {
            Answers.invalid(context, "Validation Failed", errors);
            return;
        }
        String name = request.getString("name");
        if (actions.runners.isTaken(organization.key(), name)) {
            Answers.error(
                    context,
                    409,
                    "Already exists - A runner with the name " + name + " already exists.");
            return;
        }
        register(context, organization, request);
    }

    private void register(RoutingContext context, Organization organization, JsonObject request) {
        String name = request.getString("name");
        List<String> labels =
                request.getJsonArray("labels").stream().map(String.class::cast).toList();
        long group = request.getLong("runner_group_id");
        String key = Long.toHexString(dice.number("key " + name, timing.exactly().toEpochMilli()));
        Registration made = actions.register(organization.key(), name, labels, group, key);
        String config = new JitConfig(made.runner.id(), key).encode(name, urls.html());
        Answers.json(
                context,
                201,
                new JsonObject().put("runner", body(made)).put("encoded_jit_config", config));
    }

    /** Types as in the description; the limits of names as GitHub states them elsewhere. */
    private static List<String> errors(JsonObject request) {
        var errors = new ArrayList<String>();
        if (!(request.getValue("name") instanceof String name)
                || name.isBlank()
                || name.length() > NAME_CHARS_MAX) {
            errors.add("name must be a string of 1 to 64 characters");
        }
        Object group = request.getValue("runner_group_id");
        if (!(group instanceof Integer || group instanceof Long)) {
            errors.add("runner_group_id must be an integer");
        } else if (((Number) group).longValue() != DEFAULT_GROUP) {
            errors.add("runner_group_id is not a group of this organization");
        }
        if (!(request.getValue("labels") instanceof JsonArray labels)
                || labels.isEmpty()
                || labels.size() > LABELS_MAX
                || !labels.stream().allMatch(RestRunners::isLabel)) {
            errors.add("labels must be 1 to 100 strings");
        }
        return errors;
    }

    private static boolean isLabel(Object value) {
        return value instanceof String label && !label.isBlank() && label.length() <= 256;
    }

    void list(RoutingContext context) {
        Organization organization = organization(context);
        if (organization == null) {
            Answers.notFound(context);
            return;
        }
        String name = context.request().getParam("name");
        List<Registration> found =
                actions.runners.of(organization.key()).stream()
                        .filter(one -> name == null || one.runner.name().equalsIgnoreCase(name))
                        .toList();
        Page page = Page.of(context);
        var runners = new JsonArray();
        page.of(found).forEach(one -> runners.add(body(one)));
        page.link(context, found.size());
        Answers.json(
                context,
                200,
                new JsonObject().put("total_count", found.size()).put("runners", runners));
    }

    void get(RoutingContext context) {
        registration(context)
                .ifPresentOrElse(
                        found -> Answers.json(context, 200, body(found)),
                        () -> Answers.notFound(context));
    }

    void delete(RoutingContext context) {
        Optional<Registration> found = registration(context);
        if (found.isEmpty()) {
            Answers.notFound(context);
        } else if (found.get().isBusy()) {
            String name = found.get().runner.name();
            Answers.invalid(
                    context,
                    "Bad request - Runner \"" + name + "\" is still running a job",
                    List.of());
        } else {
            actions.remove(found.get());
            Answers.empty(context, 204);
        }
    }

    void groups(RoutingContext context) {
        Organization organization = organization(context);
        if (organization == null) {
            Answers.notFound(context);
            return;
        }
        var group =
                new JsonObject()
                        .put("id", DEFAULT_GROUP)
                        .put("name", "Default")
                        .put("visibility", "all")
                        .put("default", true)
                        .put("inherited", false)
                        .put("allows_public_repositories", true)
                        .put("restricted_to_workflows", false)
                        .put("selected_workflows", new JsonArray())
                        .put("workflow_restrictions_read_only", false)
                        .put(
                                "runners_url",
                                "%s/orgs/%s/actions/runner-groups/%d/runners"
                                        .formatted(
                                                urls.api(), organization.login(), DEFAULT_GROUP));
        Answers.json(
                context,
                200,
                new JsonObject()
                        .put("total_count", 1)
                        .put("runner_groups", new JsonArray().add(group)));
    }

    private JsonObject body(Registration of) {
        var labels = new JsonArray();
        for (int i = 0; i < of.labels.size(); i++) {
            String label = of.labels.get(i);
            boolean isReadOnly = READ_ONLY.stream().anyMatch(label::equalsIgnoreCase);
            labels.add(
                    new JsonObject()
                            .put("id", i + 1)
                            .put("name", label)
                            .put("type", isReadOnly ? "read-only" : "custom"));
        }
        return new JsonObject()
                .put("id", of.runner.id())
                .put("runner_group_id", of.groupId)
                .put("name", of.runner.name())
                .put("os", of.session == null ? "unknown" : "linux")
                .put("status", of.isOnline(timing.exactly()) ? "online" : "offline")
                .put("busy", of.isBusy())
                .put("labels", labels)
                .put("ephemeral", true);
    }

    private @Nullable Organization organization(RoutingContext context) {
        return actions.organizations.find(RestActions.parameter(context, "org")).orElse(null);
    }

    private Optional<Registration> registration(RoutingContext context) {
        Organization organization = organization(context);
        if (organization == null) return Optional.empty();
        return RestActions.id(context, "runner_id")
                .flatMap(id -> actions.runners.find(organization.key(), id));
    }

    private static @Nullable JsonObject object(RoutingContext context) {
        try {
            return context.body().asJsonObject();
        } catch (DecodeException | ClassCastException notAnObject) {
            return null;
        }
    }
}
