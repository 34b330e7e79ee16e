package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import dev.jitney.ghes.simulator.Organizations.Repository;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** GitHub's objects as JSON, the same in webhooks and REST. */
final class Bodies {

    private static final long SENDER_ID = 500;

    private final Urls urls;
    private final String account = template("account.json");
    private final String organization = template("organization.json");
    private final String repository = template("repository.json");
    private final String enterprise = template("enterprise.json");

    Bodies(Urls urls) {
        this.urls = urls;
    }

    /** A {@code workflow_job} or job: both have the same fields. */
    JsonObject job(Jobs.Job job) {
        String api = urls.api() + "/repos/" + job.run.repository.fullName();
        String html = urls.html() + "/" + job.run.repository.fullName();
        Instant started = job.startedAt == null ? job.createdAt : job.startedAt;
        if (job.isCancelled() && job.startedAt == null && job.completedAt != null) {
            started = job.completedAt;
        }
        var body =
                new JsonObject()
                        .put("id", job.id)
                        .put("run_id", job.run.id)
                        .put("workflow_name", "build")
                        .put("head_branch", "main")
                        .put("run_url", urls.run(job.run))
                        .put("run_attempt", 1)
                        .put("node_id", node("CheckRun", job.id))
                        .put("head_sha", sha(job.run.id))
                        .put("url", api + "/actions/jobs/" + job.id)
                        .put("html_url", html + "/actions/runs/" + job.run.id + "/job/" + job.id)
                        .put("status", job.state.value)
                        .put("conclusion", job.conclusion)
                        .put("created_at", job.createdAt.toString())
                        .put("started_at", started.toString())
                        .put("completed_at", text(job.completedAt))
                        .put("name", job.order.name())
                        .put("steps", steps(job))
                        .put("check_run_url", api + "/check-runs/" + job.id)
                        .put("labels", new JsonArray(job.order.labels()));
        return runner(body, job);
    }

    /** None is null while the job waits, and 0 or empty after it was cancelled waiting. */
    private static JsonObject runner(JsonObject body, Jobs.Job job) {
        boolean waits = job.state == Jobs.State.QUEUED || job.state == Jobs.State.WAITING;
        boolean hasRunner = job.runnerId != 0;
        return body.put("runner_id", waits ? null : job.runnerId)
                .put("runner_name", waits ? null : job.runnerName)
                .put("runner_group_id", waits ? null : hasRunner ? 1 : 0)
                .put("runner_group_name", waits ? null : hasRunner ? "Default" : "");
    }

    private static JsonArray steps(Jobs.Job job) {
        var steps = new JsonArray();
        if (job.startedAt == null) return steps;
        boolean ended = job.state == Jobs.State.COMPLETED;
        return steps.add(
                new JsonObject()
                        .put("name", "Set up job")
                        .put("status", ended ? "completed" : "in_progress")
                        .put("conclusion", ended ? job.conclusion : null)
                        .put("number", 1)
                        .put("started_at", text(job.startedAt))
                        .put("completed_at", text(job.completedAt)));
    }

    JsonObject run(Jobs.Run run) {
        String url = urls.run(run);
        String html = urls.html() + "/" + run.repository.fullName() + "/actions/runs/" + run.id;
        String api = urls.api() + "/repos/" + run.repository.fullName();
        var commit =
                new JsonObject()
                        .put("id", sha(run.id))
                        .put("tree_id", sha(-run.id))
                        .put("message", "Change something")
                        .put("timestamp", run.createdAt.toString())
                        .put("author", person())
                        .put("committer", person());
        return new JsonObject()
                .put("id", run.id)
                .put("name", "build")
                .put("node_id", node("WorkflowRun", run.id))
                .put("head_branch", "main")
                .put("head_sha", sha(run.id))
                .put("path", ".github/workflows/build.yml@main")
                .put("display_title", "Change something")
                .put("run_number", run.number)
                .put("run_attempt", 1)
                .put("event", "push")
                .put("status", run.status())
                .put("conclusion", run.conclusion())
                .put("workflow_id", run.repository.id)
                .put("check_suite_id", run.id)
                .put("url", url)
                .put("html_url", html)
                .put("pull_requests", new JsonArray())
                .put("created_at", run.createdAt.toString())
                .put("updated_at", run.createdAt.toString())
                .put("run_started_at", run.createdAt.toString())
                .put("actor", sender())
                .put("triggering_actor", sender())
                .put("jobs_url", url + "/jobs")
                .put("logs_url", url + "/logs")
                .put("check_suite_url", api + "/check-suites/" + run.id)
                .put("artifacts_url", url + "/artifacts")
                .put("cancel_url", url + "/cancel")
                .put("rerun_url", url + "/rerun")
                .put("previous_attempt_url", null)
                .put("workflow_url", api + "/actions/workflows/" + run.repository.id)
                .put("head_commit", commit)
                .put("repository", repository(run.repository))
                .put("head_repository", repository(run.repository));
    }

    JsonObject repository(Repository of) {
        return new JsonObject(repositoryText(of)).put("pushed_at", of.pushedAt.toString());
    }

    /** As it stands in webhooks: rendered once, with the time of creation as that of the push. */
    String repositoryText(Repository of) {
        String known = of.json;
        if (known != null) return known;
        Organization owner = of.organization;
        String text =
                repository
                        .replace("${owner}", account(owner.id(), owner.login(), "Organization"))
                        .replace("${id}", Long.toString(of.id))
                        .replace("${node}", node("Repository", of.id))
                        .replace("${name}", of.name)
                        .replace("${full}", of.fullName())
                        .replace("${created}", of.createdAt.toString())
                        .replace("${pushed}", of.createdAt.toString())
                        .replace("${git}", "git://" + urls.host())
                        .replace("${host}", urls.host())
                        .replace("${api}", urls.api())
                        .replace("${html}", urls.html());
        of.json = text;
        return text;
    }

    JsonObject organization(Organization of) {
        return new JsonObject(organizationText(of));
    }

    String organizationText(Organization of) {
        return organization
                .replace("${id}", Long.toString(of.id()))
                .replace("${node}", node("Organization", of.id()))
                .replace("${login}", of.login())
                .replace("${api}", urls.api())
                .replace("${html}", urls.html());
    }

    /**
     * An organization as the owner of something: in the shape of a user, and of an enterprise too,
     * because the description of a list of installations asks for both at once.
     */
    JsonObject owner(Organization of) {
        return new JsonObject(account(of.id(), of.login(), "Organization"))
                .put("name", of.login())
                .put("slug", of.key())
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
    }

    JsonObject sender() {
        return new JsonObject(senderText());
    }

    String senderText() {
        return account(SENDER_ID, "simulated-developer", "User");
    }

    String enterpriseText() {
        return enterprise.replace("${html}", urls.html());
    }

    private String account(long id, String login, String type) {
        return account.replace("${id}", Long.toString(id))
                .replace("${node}", node(type, id))
                .replace("${login}", login)
                .replace("${type}", type)
                .replace("${api}", urls.api())
                .replace("${html}", urls.html());
    }

    private static JsonObject person() {
        return new JsonObject().put("name", "Simulated").put("email", "simulated@example.com");
    }

    private static String node(String type, long id) {
        String plain = "0" + type.length() + ":" + type + id;
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha(long id) {
        return "%040x".formatted(id * 0x9E3779B97F4A7C15L);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String template(String name) {
        try (InputStream in = Bodies.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("not on the class path: " + name);
            // Compact, as GitHub sends it.
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("\n *", "");
        } catch (IOException unreadable) {
            throw new IllegalStateException(name, unreadable);
        }
    }
}
