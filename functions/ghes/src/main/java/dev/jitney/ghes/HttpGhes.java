package dev.jitney.ghes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * GHES over its REST API, version 2022-11-28, HTTP/1.1 with connections kept alive.
 *
 * <p>Constructing it opens nothing; threads and connections come with the first call.
 */
public final class HttpGhes implements Ghes, AutoCloseable {

    private static final int RUNNER_PAGES_MAX = 100;
    private static final int JOB_PAGES_MAX = 10;
    private static final int GROUP_PAGES_MAX = 10;

    private final GhesConnection connection;
    private final GhesCalls calls;
    private final RunnerGroups groups = new RunnerGroups(this::runnerGroups);

    /**
     * @param connection closed with this
     */
    public HttpGhes(GhesConnection connection) {
        this.connection = connection;
        this.calls = connection.calls();
    }

    /** A client with the usual deadline and the system's clock. */
    public HttpGhes(URI server, TokenSource tokens) {
        this(server, tokens, GhesConnection.Access.DEADLINE, InstantSource.system());
    }

    /**
     * @param server where GHES answers, without {@code /api/v3}
     * @param tokens asked once per call
     * @param deadline for each call, from connecting to the last byte; several pages are several
     *     calls
     * @param clock what a moment given by the server is compared with
     */
    public HttpGhes(URI server, TokenSource tokens, Duration deadline, InstantSource clock) {
        this(GhesConnection.with(server, tokens, deadline, clock));
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        String path = Call.org(organization) + "/actions/runners/generate-jitconfig";
        Answer answer = calls.send(Call.post(organization, path, body(request)));
        if (answer.status() == 409) throw new RunnerNameTaken(request.name());
        if (answer.status() == 404 || answer.status() == 422) {
            // The remembered group may be what is wrong with it.
            groups.forget(organization);
        }
        return Json.jitRunner(calls.json(answer));
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        return calls.find(Call.get(organization, runnerPath(organization, runnerId)))
                .map(Json::runner);
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        String path = Call.org(organization) + "/actions/runners?per_page=100&name=";
        JsonNode page = calls.read(Call.get(organization, path + Call.query(name)));
        return Json.list(page.path("runners"), Json::runner).stream()
                .filter(runner -> runner.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public List<Runner> runners(String organization) {
        String path = Call.org(organization) + "/actions/runners?per_page=100&page=";
        var byId = new LinkedHashMap<Long, Runner>();
        for (JsonNode node :
                GhesCalls.pages(
                        RUNNER_PAGES_MAX,
                        "runners",
                        page -> Optional.of(calls.read(Call.get(organization, path + page))))) {
            Runner runner = Json.runner(node);
            byId.put(runner.id(), runner);
        }
        return List.copyOf(byId.values());
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        Answer answer = calls.send(Call.delete(organization, runnerPath(organization, runnerId)));
        return switch (answer.status()) {
            case 204 -> Removal.REMOVED;
            case 404 -> Removal.GONE;
            case 422 -> Removal.BUSY;
            default -> throw calls.failure(answer);
        };
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        String path = Call.repo(repository) + "/actions/jobs/" + jobId;
        return calls.find(Call.get(Call.owner(repository), path)).map(Json::job);
    }

    @Override
    public boolean shows(String repository) {
        String path = Call.repo(repository) + "/actions/runs?per_page=1";
        return calls.find(Call.get(Call.owner(repository), path)).isPresent();
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status, int page) {
        String path =
                Call.repo(repository)
                        + ("/actions/runs?per_page=100&page=" + page)
                        + ("&status=" + status.parameter());
        return calls.find(Call.get(Call.owner(repository), path))
                .map(body -> Json.list(body.path("workflow_runs"), Json::run))
                .orElse(List.of());
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        String path =
                Call.repo(repository)
                        + ("/actions/runs/" + runId + "/jobs?filter=latest&per_page=100&page=");
        String owner = Call.owner(repository);
        return GhesCalls.pages(
                        JOB_PAGES_MAX, "jobs", page -> calls.find(Call.get(owner, path + page)))
                .stream()
                .map(Json::job)
                .toList();
    }

    @Override
    public List<Repository> repositories(String organization) {
        String path =
                Call.org(organization) + "/repos?sort=pushed&direction=desc&per_page=100&page=1";
        return Json.list(calls.read(Call.get(organization, path)), Json::repository);
    }

    @Override
    public List<Repository> repositoriesByName(String organization, int page) {
        String path =
                Call.org(organization)
                        + "/repos?sort=full_name&direction=asc&per_page=100&page="
                        + page;
        return Json.list(calls.read(Call.get(organization, path)), Json::repository);
    }

    @Override
    public List<String> organizations() {
        return calls.organizations();
    }

    @Override
    public String installedVersion() {
        return Json.required(calls.read(Call.get("", "/meta")), "installed_version");
    }

    @Override
    public long defaultRunnerGroup(String organization) {
        return groups.find(organization, RunnerGroup::isDefault, "no default runner group");
    }

    @Override
    public long runnerGroupNamed(String organization, String name) {
        return groups.find(
                organization,
                group -> group.name().equalsIgnoreCase(name),
                "no runner group '" + name + "'");
    }

    private List<RunnerGroup> runnerGroups(String organization) {
        String path = Call.org(organization) + "/actions/runner-groups?per_page=100&page=";
        return GhesCalls.pages(
                        GROUP_PAGES_MAX,
                        "runner_groups",
                        page -> Optional.of(calls.read(Call.get(organization, path + page))))
                .stream()
                .map(Json::runnerGroup)
                .toList();
    }

    /** Ends the connections. Calls under way fail as {@link GhesUnavailable}. */
    @Override
    public void close() {
        connection.close();
    }

    private static String runnerPath(String organization, long runnerId) {
        return Call.org(organization) + "/actions/runners/" + runnerId;
    }

    private static String body(JitRequest request) {
        return "{\"name\":"
                + quoted(request.name())
                + ",\"runner_group_id\":"
                + request.runnerGroupId()
                + ",\"labels\":"
                + request.labels().stream()
                        .map(HttpGhes::quoted)
                        .collect(Collectors.joining(",", "[", "]"))
                + ",\"work_folder\":"
                + quoted(request.workFolder())
                + "}";
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
