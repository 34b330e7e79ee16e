package dev.jitney.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The payload of a {@code workflow_job} webhook, reduced to what the functions use.
 *
 * <p>Old servers leave fields out ({@code run_attempt}, {@code created_at}, {@code runner_id},
 * ...): only the job's id, the repository's name, its address and its owner must be there.
 *
 * @see <a
 *     href="https://docs.github.com/en/enterprise-server@3.14/webhooks/webhook-events-and-payloads#workflow_job">GitHub:
 *     workflow_job</a>
 */
final class JobPayload {
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final List<String> JOB_TEXTS =
            List.of(
                    "name",
                    "status",
                    "conclusion",
                    "created_at",
                    "started_at",
                    "completed_at",
                    "runner_name",
                    "html_url");
    private static final List<String> JOB_NUMBERS = List.of("run_id", "run_attempt", "runner_id");

    private final JsonNode root;
    private final JsonNode job;
    private final JsonNode repository;

    /**
     * @throws MalformedPayload if the objects that hold everything are missing
     */
    JobPayload(JsonNode root) {
        this.root = root;
        this.job = object("workflow_job");
        this.repository = object("repository");
    }

    /**
     * @throws MalformedPayload if it is missing or not a positive number
     */
    long jobId() {
        JsonNode id = job.path("id");
        if (!isNumber(id) || id.asLong() <= 0) {
            throw new MalformedPayload("workflow_job.id is not a positive number");
        }
        return id.asLong();
    }

    /**
     * Login of the organization in lower case. Deliveries of GitHub Apps lack {@code organization};
     * then the repository's owner is it.
     *
     * @throws MalformedPayload if neither is there, or it is not a login
     */
    String organization() {
        String login = root.path("organization").path("login").asText("");
        if (login.isEmpty()) {
            login = owner().path("login").asText("");
        }
        if (!LOGIN.matcher(login).matches()) {
            throw new MalformedPayload("organization.login and repository.owner.login are missing");
        }
        return login.toLowerCase(Locale.ROOT);
    }

    /** Tells whether the repository belongs to a user: those have no runners of an organization. */
    boolean isOwnedByUser() {
        return !root.path("organization").isObject()
                && owner().path("type").asText("").equals("User");
    }

    /**
     * Address of the repository.
     *
     * @throws MalformedPayload if there is none
     */
    String repositoryUrl() {
        String url = repository.path("url").asText("");
        if (url.isBlank()) {
            url = repository.path("html_url").asText("");
        }
        if (url.isBlank()) {
            throw new MalformedPayload("repository.url is missing");
        }
        return url.strip();
    }

    /**
     * The reduced payload, nested as GitHub nests it.
     *
     * @throws MalformedPayload if {@code repository.full_name} is missing
     */
    ObjectNode reduced(String action) {
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        reduced.put("action", action);
        reduced.set("workflow_job", reducedJob());
        reduced.set("repository", reducedRepository());
        JsonNode organization = root.path("organization");
        if (organization.isObject()) {
            copyText(organization, reduced.putObject("organization"), "login");
        }
        JsonNode installation = root.path("installation");
        if (installation.isObject()) {
            copyNumber(installation, reduced.putObject("installation"), "id");
        }
        return reduced;
    }

    private ObjectNode reducedJob() {
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        reduced.put("id", jobId());
        JOB_NUMBERS.forEach(name -> copyNumber(job, reduced, name));
        JOB_TEXTS.forEach(name -> copyText(job, reduced, name));
        ArrayNode labels = reduced.putArray("labels");
        for (JsonNode label : job.path("labels")) {
            if (label.isTextual()) {
                labels.add(label);
            }
        }
        return reduced;
    }

    private ObjectNode reducedRepository() {
        ObjectNode reduced = JsonNodeFactory.instance.objectNode();
        copyText(repository, reduced, "full_name");
        if (!reduced.has("full_name")) {
            throw new MalformedPayload("repository.full_name is missing");
        }
        if (repository.path("private").isBoolean()) {
            reduced.set("private", repository.path("private"));
        }
        if (owner().isObject()) {
            ObjectNode owner = reduced.putObject("owner");
            copyText(owner(), owner, "login");
            copyText(owner(), owner, "type");
        }
        return reduced;
    }

    private JsonNode owner() {
        return repository.path("owner");
    }

    private JsonNode object(String name) {
        JsonNode node = root.path(name);
        if (!node.isObject()) {
            throw new MalformedPayload(name + " is missing");
        }
        return node;
    }

    /** GitHub's schema types ids as "number": 1.0 is one too. */
    private static boolean isNumber(JsonNode node) {
        return node.isNumber() && node.canConvertToLong();
    }

    private static void copyNumber(JsonNode from, ObjectNode to, String name) {
        if (isNumber(from.path(name))) {
            to.put(name, from.path(name).asLong());
        }
    }

    private static void copyText(JsonNode from, ObjectNode to, String name) {
        if (from.path(name).isTextual()) {
            to.set(name, from.path(name));
        }
    }
}
