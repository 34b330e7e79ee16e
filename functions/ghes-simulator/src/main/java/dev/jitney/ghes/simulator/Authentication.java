package dev.jitney.ghes.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may ask what: the one person, the App, and the App's installations. */
final class Authentication {
    private static final Pattern AUTHORIZATION = Pattern.compile("(?:Bearer|token) (.+)");
    private static final Pattern JWT = Pattern.compile("([\\w-]+\\.[\\w-]+)\\.([\\w-]+)");
    private static final Pattern OWNER = Pattern.compile("/api/v3/(?:orgs|repos)/([^/]+)/.*");
    private static final int JWT_SECONDS_MAX = 600;
    private static final DateTimeFormatter EXPIRES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final GhesSimulatorConfig config;
    private final RestApp app;
    private final InstantSource clock;

    Authentication(GhesSimulatorConfig config, RestApp app, InstantSource clock) {
        this.config = config;
        this.app = app;
        this.clock = clock;
    }

    /** Lets a call pass, or answers it. */
    void check(RoutingContext context) {
        Instant now = clock.instant().plus(config.site().clockAhead());
        context.response()
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)));
        String path = context.normalizedPath();
        String token = token(context.request().getHeader("Authorization"));
        if (path.equals("/api/v3/app")
                || path.startsWith("/api/v3/app/")
                || path.endsWith("/installation")) {
            // About itself an App is asked by its own web token, which nobody else can have.
            checkJwt(context, token, now);
        } else if (token.equals(config.token())) {
            checkPerson(context, path);
        } else {
            checkInstallation(context, path, token, now);
        }
    }

    private static String token(@Nullable String header) {
        Matcher given = AUTHORIZATION.matcher(header == null ? "" : header);
        return given.matches() ? given.group(1) : "";
    }

    private void checkPerson(RoutingContext context, String path) {
        GhesSite site = config.site();
        context.response().putHeader("X-OAuth-Scopes", String.join(", ", site.scopes()));
        site.tokenExpires()
                .ifPresent(
                        then ->
                                context.response()
                                        .putHeader(
                                                "GitHub-Authentication-Token-Expiration",
                                                EXPIRES.format(then)));
        boolean mayAsk =
                (site.siteAdmin() || !path.startsWith("/api/v3/admin/"))
                        && (site.scopes().contains("admin:org")
                                || !path.startsWith("/api/v3/orgs/")
                                || !path.contains("/actions/"));
        if (mayAsk) context.next();
        else Answers.notFound(context);
    }

    private void checkInstallation(RoutingContext context, String path, String token, Instant now) {
        Optional<String> organization = app.organizationOf(token, now);
        if (organization.isEmpty()) {
            Answers.error(context, 401, "Bad credentials");
            return;
        }
        Matcher owner = OWNER.matcher(path);
        boolean isOthers =
                owner.matches()
                        && !Organizations.Organization.key(owner.group(1))
                                .equals(organization.get());
        if (isOthers || path.startsWith("/api/v3/admin/")) Answers.notFound(context);
        else context.next();
    }

    private void checkJwt(RoutingContext context, String token, Instant now) {
        Optional<String> problem = problem(token, now);
        if (problem.isEmpty()) context.next();
        else Answers.error(context, 401, problem.get());
    }

    /** What is wrong with a JSON web token, in the words of the real server. */
    private Optional<String> problem(String token, Instant now) {
        Matcher parts = JWT.matcher(token);
        if (!parts.matches()) return Optional.of("A JSON web token could not be decoded");
        if (config.site().app().isEmpty()) return Optional.empty();
        GhesSite.App registered = config.site().app().get();
        try {
            String claims = parts.group(1).substring(parts.group(1).indexOf('.') + 1);
            var json = new JsonObject(new String(Base64.getUrlDecoder().decode(claims), UTF_8));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(registered.key());
            signature.update(parts.group(1).getBytes(UTF_8));
            boolean isGood =
                    signature.verify(Base64.getUrlDecoder().decode(parts.group(2)))
                            && json.getString("iss", "").equals(Long.toString(registered.id()));
            if (!isGood) return Optional.of("A JSON web token could not be decoded");
            return times(json, now.getEpochSecond());
        } catch (GeneralSecurityException | DecodeException | IllegalArgumentException e) {
            return Optional.of("A JSON web token could not be decoded");
        }
    }

    private static Optional<String> times(JsonObject claims, long now) {
        if (claims.getLong("iat", 0L) > now) {
            return Optional.of(
                    "'Issued at' claim ('iat') must be an Integer representing the time that the"
                            + " assertion was issued.");
        }
        long expires = claims.getLong("exp", 0L);
        if (expires <= now) {
            return Optional.of(
                    "'Expiration time' claim ('exp') must be a numeric value representing the"
                            + " future time at which the assertion expires.");
        }
        return expires > now + JWT_SECONDS_MAX
                ? Optional.of("'Expiration time' claim ('exp') is too far in the future")
                : Optional.empty();
    }
}
