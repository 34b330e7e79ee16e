package dev.jitney.standalone.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.HookAdmin;
import dev.jitney.ghes.HookOwner;
import dev.jitney.ghes.HookRequest;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.ghes.Webhook;
import dev.jitney.ghes.simulator.GhesSimulator;
import dev.jitney.ghes.simulator.GhesSimulatorConfig;
import dev.jitney.ghes.simulator.GhesSite;
import dev.jitney.ghes.simulator.HookKind;
import dev.jitney.standalone.doctor.Finding;
import dev.jitney.standalone.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of a simulated GHES are made and mended, and the pings really arrive or not. */
final class HookInstallationTest {
    private static final HookOwner SERVER = new HookOwner.Server();
    private static final HookOwner ACME = new HookOwner.Organization("acme");
    private static final HookInstallation.Manner USUAL =
            new HookInstallation.Manner(false, false, true);

    private static final String RIGHT = "r1ght-s3cret";

    @TempDir private Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();
    private SignedReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new SignedReceiver(RIGHT);
        open.add(receiver);
        Files.writeString(directory.resolve("token"), "token");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private GhesConnection connection(HookKind kind, GhesSite site) {
        GhesSimulator simulator =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "unused").withHook(kind).withSite(site));
        open.add(simulator);
        simulator.createOrganization("acme", List.of("shop"));
        GhesConnection made =
                GhesConnection.open(
                        new GhesConnection.Access(simulator.url(), directory, Optional.empty()));
        open.add(made);
        return made;
    }

    private List<Finding> install(
            GhesConnection connection,
            HookOwner owner,
            String secret,
            HookInstallation.Manner manner) {
        var admin = new HookAdmin(connection);
        var ping = new Ping(admin, new HttpHooks(connection), Duration.ofSeconds(10));
        var request = new HookRequest(receiver.url().toString(), secret);
        List<Finding> findings = new HookInstallation(admin, ping, request, manner).install(owner);
        assertFalse(findings.toString().contains(secret), findings.toString());
        return findings;
    }

    private static List<String> levels(List<Finding> findings) {
        return findings.stream().map(each -> each.level().name()).toList();
    }

    @Test
    void anOrganizationsWebhookIsMadeOnce_andItsPingIsSeenToArrive() {
        GhesConnection connection = connection(HookKind.ORGANIZATION, GhesSite.usual());

        List<Finding> first = install(connection, ACME, RIGHT, USUAL);
        List<Finding> second = install(connection, ACME, RIGHT, USUAL);

        assertEquals("acme: webhook 11 made", first.getFirst().what());
        assertEquals("acme: webhook 11 is as it should be", second.getFirst().what());
        assertEquals("acme: ping arrived, signed with the right secret", second.getLast().what());
        assertEquals(2, receiver.accepted.get());
        List<Webhook> all = new HookAdmin(connection).all(ACME);
        assertEquals(1, all.size());
        assertEquals(List.of(), Difference.of(all.getFirst(), ACME, receiver.url().toString()));
    }

    @Test
    void aWebhookIsRemovedByItsAddress_andOthersStay() {
        GhesConnection connection = connection(HookKind.ORGANIZATION, GhesSite.usual());
        var admin = new HookAdmin(connection);
        admin.create(ACME, new HookRequest("https://other.example.com/hook", "other"));
        install(connection, ACME, RIGHT, USUAL);
        String url = receiver.url().toString();

        assertEquals(
                "acme: webhook 12 would be removed",
                new HookRemoval(admin, url, true).remove(ACME).what());
        assertEquals(
                "acme: webhook 12 removed", new HookRemoval(admin, url, false).remove(ACME).what());
        assertEquals(
                "acme: has no webhook to " + url,
                new HookRemoval(admin, url, false).remove(ACME).what());
        assertEquals(
                List.of("https://other.example.com/hook"),
                admin.all(ACME).stream().map(Webhook::url).toList());
        var app = new HookRemoval(admin, url, false).remove(new HookOwner.App());
        assertTrue(app.what().contains("cannot be removed"), app.what());
    }

    @Test
    void anotherSecretIsNoticedByThePing_andWrittenWhenAskedFor() {
        GhesConnection connection = connection(HookKind.ORGANIZATION, GhesSite.usual());
        List<Finding> wrong = install(connection, ACME, "wr0ng-s3cret", USUAL);
        assertEquals("acme: ping was answered 401", wrong.getLast().what());
        assertTrue(wrong.getLast().todo().contains("--set-secret"));

        List<Finding> unseen = install(connection, ACME, RIGHT, USUAL);
        assertTrue(unseen.getLast().isFail(), unseen.toString());
        List<Finding> mended =
                install(connection, ACME, RIGHT, new HookInstallation.Manner(false, true, true));

        assertEquals(
                "acme: webhook 11 changed: its secret is written anew", mended.getFirst().what());
        assertEquals(List.of("OK", "OK"), levels(mended));
    }

    @Test
    void aGlobalWebhookIsMended_andWhatCannotBeSeenIsSaid() {
        GhesConnection connection = connection(HookKind.GLOBAL, GhesSite.usual());
        var check = new HookInstallation.Manner(true, false, true);
        assertEquals(List.of("FAIL"), levels(install(connection, SERVER, RIGHT, check)));
        assertEquals(List.of(), new HookAdmin(connection).all(SERVER));

        List<Finding> made = install(connection, SERVER, RIGHT, USUAL);
        assertEquals(List.of("OK", "WARN"), levels(made));
        assertTrue(made.getLast().what().contains("cannot be seen by REST"));
        assertEquals(List.of("OK"), levels(install(connection, SERVER, RIGHT, check)));
        assertEquals(List.of("OK", "WARN"), levels(install(connection, SERVER, RIGHT, USUAL)));
    }

    @Test
    void aServerThatRefusesJobsInGlobalWebhooks_isToBeSetUpByHand() {
        GhesConnection connection =
                connection(HookKind.GLOBAL, GhesSite.usual().withGlobalHooks(true, false));

        Finding refused = install(connection, SERVER, RIGHT, USUAL).getFirst();

        assertEquals(Level.FAIL, refused.level());
        assertTrue(refused.what().contains("422"), refused.what());
        assertTrue(refused.todo().contains("tick Workflow jobs"), refused.todo());
        assertTrue(refused.todo().contains("--scope organization"), refused.todo());
    }

    @Test
    void whoeverIsNoSiteAdministratorIsToldSo() {
        GhesConnection connection =
                connection(HookKind.GLOBAL, GhesSite.usual().withGlobalHooks(false, true));

        Finding refused = install(connection, SERVER, RIGHT, USUAL).getFirst();

        assertEquals(Level.FAIL, refused.level());
        assertTrue(refused.todo().contains("site administrator"), refused.todo());
    }

    @Test
    void anAppsWebhookNeedsTheApp() {
        GhesConnection connection = connection(HookKind.APP, GhesSite.usual());

        Finding refused = install(connection, new HookOwner.App(), RIGHT, USUAL).getFirst();

        assertTrue(refused.todo().contains("app-id and private-key"), refused.todo());
    }
}
