package dev.jitney.ghes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * GHES over its REST API, version 2022-11-28, HTTP/1.1 with connections kept alive.
 *
 * <p>Constructing it opens nothing; threads and connections come with the first call. A private
 * certificate authority is trusted through the trust store of the JVM.
 */
public final class HttpGhes implements Ghes, Hooks, AutoCloseable {

    /** Long enough for a busy server, short enough to retry within the deadline of an event. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    private static final int PAGE_SIZE = 100;
    private static final int RUNNER_PAGES_MAX = 100;
    private static final int JOB_PAGES_MAX = 10;
    private static final int GROUP_PAGES_MAX = 10;
    private static final int ORGANIZATION_PAGES_MAX = 100;

    private final Transport transport;
    private final InstantSource clock;
    private final RunnerGroups groups = new RunnerGroups(this::runnerGroups);

    /** A client with {@link #DEFAULT_DEADLINE} and the system's clock. */
    public HttpGhes(URI server, TokenSource tokens) {
        this(server, tokens, DEFAULT_DEADLINE, InstantSource.system());
    }

    /**
     * @param server where GHES answers, without {@code /api/v3}
     * @param tokens asked once per call
     * @param deadline for each call, from connecting to the last byte; several pages are several
     *     calls
     * @param clock what a moment given by the server is compared with
     */
    public HttpGhes(URI server, TokenSource tokens, Duration deadline, InstantSource clock) {
        this.transport = new Transport(server, tokens, deadline);
        this.clock = clock;
    }

    @Override
    public JitRunner generateJitConfig(String organization, JitRequest request) {
        String path = Call.org(organization) + "/actions/runners/generate-jitconfig";
        Answer answer = transport.send(Call.post(organization, path, body(request)));
        if (answer.status() == 409) throw new RunnerNameTaken(request.name());
        if (answer.status() == 404 || answer.status() == 422) {
            // The remembered group may be what is wrong with it.
            groups.forget(organization);
        }
        return Json.jitRunner(answer.json(clock.instant()));
    }

    @Override
    public Optional<Runner> runner(String organization, long runnerId) {
        return find(Call.get(organization, runnerPath(organization, runnerId))).map(Json::runner);
    }

    @Override
    public Optional<Runner> runnerNamed(String organization, String name) {
        String path = Call.org(organization) + "/actions/runners?per_page=100&name=";
        JsonNode page = read(Call.get(organization, path + Call.query(name)));
        return Json.list(page.path("runners"), Json::runner).stream()
                .filter(runner -> runner.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public List<Runner> runners(String organization) {
        String path = Call.org(organization) + "/actions/runners?per_page=100&page=";
        var byId = new LinkedHashMap<Long, Runner>();
        for (JsonNode node :
                pages(
                        organization,
                        path,
                        "runners",
                        RUNNER_PAGES_MAX,
                        call -> Optional.of(read(call)))) {
            Runner runner = Json.runner(node);
            byId.put(runner.id(), runner);
        }
        return List.copyOf(byId.values());
    }

    @Override
    public Removal removeRunner(String organization, long runnerId) {
        Answer answer =
                transport.send(Call.delete(organization, runnerPath(organization, runnerId)));
        return switch (answer.status()) {
            case 204 -> Removal.REMOVED;
            case 404 -> Removal.GONE;
            case 422 -> Removal.BUSY;
            default -> throw answer.failure(clock.instant());
        };
    }

    @Override
    public Optional<WorkflowJob> job(String repository, long jobId) {
        String path = Call.repo(repository) + "/actions/jobs/" + jobId;
        return find(Call.get(Call.owner(repository), path)).map(Json::job);
    }

    @Override
    public List<WorkflowRun> runs(String repository, RunStatus status) {
        String path =
                Call.repo(repository) + "/actions/runs?per_page=100&status=" + status.parameter();
        return find(Call.get(Call.owner(repository), path))
                .map(page -> Json.list(page.path("workflow_runs"), Json::run))
                .orElse(List.of());
    }

    @Override
    public List<WorkflowJob> jobs(String repository, long runId) {
        String path =
                Call.repo(repository)
                        + ("/actions/runs/" + runId + "/jobs?filter=latest&per_page=100&page=");
        return pages(Call.owner(repository), path, "jobs", JOB_PAGES_MAX, this::find).stream()
                .map(Json::job)
                .toList();
    }

    @Override
    public List<Repository> repositories(String organization) {
        String path =
                Call.org(organization) + "/repos?sort=pushed&direction=desc&per_page=100&page=1";
        return Json.list(read(Call.get(organization, path)), Json::repository);
    }

    @Override
    public List<Repository> repositoriesByName(String organization, int page) {
        String path =
                Call.org(organization)
                        + "/repos?sort=full_name&direction=asc&per_page=100&page="
                        + page;
        return Json.list(read(Call.get(organization, path)), Json::repository);
    }

    @Override
    public List<String> organizations() {
        var logins = new ArrayList<String>();
        long since = 0;
        for (int page = 0; page < ORGANIZATION_PAGES_MAX; page++) {
            JsonNode found = read(Call.get("", "/organizations?per_page=100&since=" + since));
            logins.addAll(Json.list(found, node -> Json.required(node, "login")));
            if (found.size() < PAGE_SIZE) return List.copyOf(logins);
            since = Json.id(found.path(found.size() - 1), "id");
        }
        throw new IllegalStateException("more than 10000 organizations");
    }

    @Override
    public List<HookRef> ofOrganization(String organization) {
        String path = Call.org(organization) + "/hooks?per_page=100";
        return find(Call.get(organization, path)).stream()
                .flatMap(page -> Json.list(page, Function.identity()).stream())
                .filter(hook -> hook.path("active").asBoolean(true) && Json.tellsOfJobs(hook))
                .<HookRef>map(hook -> new HookRef.OfOrganization(organization, Json.id(hook, "id")))
                .toList();
    }

    @Override
    public Page deliveries(HookRef hook, String cursor) {
        String from = cursor.isEmpty() ? "" : "&cursor=" + Call.query(cursor);
        Answer answer =
                transport.send(
                        Call.get(
                                organization(hook), deliveriesPath(hook) + "?per_page=100" + from));
        List<HookDelivery> found = Json.list(answer.json(clock.instant()), Json::delivery);
        return new Page(found, answer.next("cursor"));
    }

    @Override
    public void redeliver(HookRef hook, long delivery) {
        String path = deliveriesPath(hook) + "/" + delivery + "/attempts";
        Answer answer = transport.send(Call.post(organization(hook), path, ""));
        if (!answer.isSuccess()) throw answer.failure(clock.instant());
    }

    private static String organization(HookRef hook) {
        return switch (hook) {
            case HookRef.OfApp() -> "";
            case HookRef.OfOrganization(String login, _) -> login;
        };
    }

    private static String deliveriesPath(HookRef hook) {
        return switch (hook) {
            case HookRef.OfApp() -> "/app/hook/deliveries";
            case HookRef.OfOrganization(String login, long id) ->
                    Call.org(login) + "/hooks/" + id + "/deliveries";
        };
    }

    @Override
    public String installedVersion() {
        return Json.required(read(Call.get("", "/meta")), "installed_version");
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
        return pages(
                        organization,
                        path,
                        "runner_groups",
                        GROUP_PAGES_MAX,
                        call -> Optional.of(read(call)))
                .stream()
                .map(Json::runnerGroup)
                .toList();
    }

    /** Ends the connections. Calls under way fail as {@link GhesUnavailable}. */
    @Override
    public void close() {
        transport.close();
    }

    private List<JsonNode> pages(
            String organization,
            String path,
            String field,
            int pagesMax,
            Function<Call, Optional<JsonNode>> fetch) {
        var all = new ArrayList<JsonNode>();
        for (int page = 1; page <= pagesMax; page++) {
            List<JsonNode> items =
                    fetch.apply(Call.get(organization, path + page))
                            .map(node -> Json.list(node.path(field), Function.identity()))
                            .orElse(List.of());
            all.addAll(items);
            if (items.size() < PAGE_SIZE) return all;
        }
        throw new IllegalStateException(path + " has more than " + pagesMax + " pages");
    }

    private JsonNode read(Call call) {
        return transport.send(call).json(clock.instant());
    }

    private Optional<JsonNode> find(Call call) {
        Answer answer = transport.send(call);
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(answer.json(clock.instant()));
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
