package dev.jitney.ghes.simulator;

import dev.jitney.ghes.simulator.Organizations.Organization;
import dev.jitney.ghes.simulator.Organizations.Repository;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs, jobs, repositories, organizations and what the server says of itself. */
final class RestActions {

    private final Actions actions;
    private final Bodies bodies;
    private final GhesSite site;

    RestActions(Actions actions, Bodies bodies, GhesSite site) {
        this.actions = actions;
        this.bodies = bodies;
        this.site = site;
    }

    /** Newest first. {@code status} may also be a conclusion, as on the real server. */
    void runs(RoutingContext context) {
        Optional<Repository> repository = repository(context);
        if (repository.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        String status = context.request().getParam("status");
        List<Jobs.Run> found =
                candidates(repository.get(), status).stream()
                        .filter(run -> has(run, status))
                        .toList()
                        .reversed();
        page(context, "workflow_runs", found, bodies::run);
    }

    /** Only ended runs are many, and only they are not among the active ones. */
    private static Collection<Jobs.Run> candidates(Repository of, @Nullable String status) {
        boolean isActive =
                status != null && List.of("queued", "in_progress", "waiting").contains(status);
        return isActive ? of.active.values() : of.runs.values();
    }

    private static boolean has(Jobs.Run run, @Nullable String status) {
        return status == null || status.equals(run.status()) || status.equals(run.conclusion());
    }

    void jobs(RoutingContext context) {
        Optional<Jobs.Run> run =
                repository(context).flatMap(found -> id(context, "run_id").map(found.runs::get));
        run.ifPresentOrElse(
                found -> page(context, "jobs", found.jobs, bodies::job),
                () -> Answers.notFound(context));
    }

    void job(RoutingContext context) {
        Optional<Repository> repository = repository(context);
        id(context, "job_id")
                .flatMap(actions.jobs::find)
                .filter(job -> repository.filter(job.run.repository::equals).isPresent())
                .ifPresentOrElse(
                        job -> Answers.json(context, 200, bodies.job(job)),
                        () -> Answers.notFound(context));
    }

    /** Sorted by push, newest first, whatever is asked for. */
    void repositories(RoutingContext context) {
        Optional<Organization> organization = actions.organizations.find(parameter(context, "org"));
        if (organization.isEmpty()) {
            Answers.notFound(context);
            return;
        }
        Comparator<Repository> byPush = Comparator.comparing(repository -> repository.pushedAt);
        List<Repository> sorted =
                organization.get().repositories().values().stream()
                        .sorted(byPush.reversed())
                        .toList();
        Page page = Page.of(context);
        var found = new JsonArray();
        page.of(sorted).forEach(repository -> found.add(bodies.repository(repository)));
        page.link(context, sorted.size());
        Answers.json(context, 200, found);
    }

    /** By id, after the one given as {@code since}. */
    void organizations(RoutingContext context) {
        int since = Page.number(context, "since", 0);
        List<Organization> after =
                actions.organizations.all().stream()
                        .filter(organization -> organization.id() > since)
                        .sorted(Comparator.comparingLong(Organization::id))
                        .toList();
        int size = Page.of(context).size();
        List<Organization> shown = after.subList(0, Math.min(size, after.size()));
        var found = new JsonArray();
        shown.forEach(organization -> found.add(bodies.organization(organization)));
        if (shown.size() < after.size()) {
            String address = context.request().absoluteURI().replaceFirst("\\?.*", "");
            String query = "?per_page=" + size + "&since=" + shown.getLast().id();
            context.response().putHeader("Link", "<" + address + query + ">; rel=\"next\"");
        }
        Answers.json(context, 200, found);
    }

    void meta(RoutingContext context) {
        Answers.json(
                context,
                200,
                new JsonObject()
                        .put("verifiable_password_authentication", true)
                        .put("installed_version", site.version()));
    }

    /** Rate limits are off by default on GHES, and this is what it says then. */
    void rateLimit(RoutingContext context) {
        Answers.error(context, 404, "Rate limiting is not enabled.");
    }

    /** A part of the path; empty, and so known to nobody, if the route has no such part. */
    static String parameter(RoutingContext context, String name) {
        String value = context.pathParam(name);
        return value == null ? "" : value;
    }

    /** The body; one that is empty holds nothing. */
    static JsonObject body(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        return body == null ? new JsonObject() : body;
    }

    static Optional<Long> id(RoutingContext context, String parameter) {
        String text = parameter(context, parameter);
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= 18
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private Optional<Repository> repository(RoutingContext context) {
        return actions.organizations.find(parameter(context, "owner"), parameter(context, "repo"));
    }

    private static <T> void page(
            RoutingContext context, String field, List<T> all, Function<T, JsonObject> body) {
        Page page = Page.of(context);
        var items = new JsonArray();
        page.of(all).forEach(item -> items.add(body.apply(item)));
        page.link(context, all.size());
        Answers.json(
                context, 200, new JsonObject().put("total_count", all.size()).put(field, items));
    }
}
