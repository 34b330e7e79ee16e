package dev.jitney.ghes.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.ghes.AppKey;
import dev.jitney.ghes.GhesConnection;
import dev.jitney.ghes.GhesRefused;
import dev.jitney.ghes.HookDelivery;
import dev.jitney.ghes.HookRef;
import dev.jitney.ghes.Hooks;
import dev.jitney.ghes.HttpHooks;
import dev.jitney.ghes.TokenSource;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client asks the simulator what became of webhooks, and has them sent again. */
final class HooksTest {
    private static final List<String> LABELS = List.of("code-linux");

    private WebhookReceiver receiver;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        receiver.close();
    }

    private GhesSimulator simulator(HookKind kind) {
        GhesSimulator made =
                GhesSimulator.start(
                        GhesSimulatorConfig.of("token", "secret")
                                .withWebhookUrl(receiver.url())
                                .withHook(kind));
        open.add(made);
        return made;
    }

    private Hooks client(GhesSimulator simulator) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024); // Nobody checks it; larger ones take seconds to make.
        KeyPair keys = generator.generateKeyPair();
        String pem = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        var app = new AppKey("7", pem);
        var tokens =
                new TokenSource() {
                    @Override
                    public String token(String organization) {
                        return "token";
                    }

                    @Override
                    public String appToken() {
                        return app.jwt(Instant.now());
                    }
                };
        var made =
                GhesConnection.with(
                        simulator.url(),
                        tokens,
                        GhesConnection.Access.DEADLINE,
                        InstantSource.system());
        open.add(made);
        return new HttpHooks(made);
    }

    private static void queue(GhesSimulator simulator, String organization) {
        simulator.queueJob(organization, "app", LABELS, Duration.ofHours(1));
    }

    private static List<HookDelivery> all(Hooks hooks, HookRef hook) {
        List<HookDelivery> all = new ArrayList<>();
        for (Optional<String> next = Optional.of(""); next.isPresent(); ) {
            Hooks.Page page = hooks.deliveries(hook, next.get());
            all.addAll(page.deliveries());
            next = page.next();
        }
        return all;
    }

    @Test
    void aFailedDeliveryIsSentAgain_withTheSameId_andShownAsSuch() throws Exception {
        GhesSimulator simulator = simulator(HookKind.APP);
        Hooks ghes = client(simulator);
        receiver.status = 503;
        queue(simulator, "acme");
        Await.until("failed", () -> simulator.state().failed() == 1);
        HookDelivery failed = all(ghes, new HookRef.OfApp()).getFirst();
        assertEquals("workflow_job", failed.event());
        assertEquals(false, failed.arrived());

        receiver.status = 202;
        ghes.redeliver(new HookRef.OfApp(), failed.id());
        Await.until("arrived", () -> simulator.state().accepted() == 1);

        Await.until("shown", () -> all(ghes, new HookRef.OfApp()).size() == 2);
        HookDelivery again = all(ghes, new HookRef.OfApp()).getFirst();
        assertTrue(again.arrived() && again.redelivery() && again.id() > failed.id());
        assertEquals(failed.guid(), again.guid());
    }

    @Test
    void whatIsLostOnTheWayIsShownAsFailed_inPages() throws Exception {
        GhesSimulator simulator = simulator(HookKind.ORGANIZATION);
        Hooks ghes = client(simulator);
        simulator.createOrganization("acme", List.of("app"));
        simulator.loseWebhooks(true);
        for (int i = 0; i < 205; i++) queue(simulator, "acme");
        queue(simulator, "other");
        simulator.loseWebhooks(false);

        HookRef hook = ghes.ofOrganization("acme").getFirst();
        List<HookDelivery> lost = all(ghes, hook);

        assertEquals(205, lost.size());
        assertTrue(lost.stream().noneMatch(HookDelivery::arrived));
        assertEquals(205, lost.stream().map(HookDelivery::id).distinct().count());
        assertEquals(0, receiver.received.size());
    }

    @Test
    void aGlobalHookHasNoHistory() throws Exception {
        GhesSimulator simulator = simulator(HookKind.GLOBAL);
        Hooks ghes = client(simulator);
        queue(simulator, "acme");

        assertEquals(List.of(), ghes.ofOrganization("acme"));
        assertThrows(GhesRefused.class, () -> ghes.deliveries(new HookRef.OfApp(), ""));
        assertEquals(List.of(), ghes.ofOrganization("nobody"));
    }
}
