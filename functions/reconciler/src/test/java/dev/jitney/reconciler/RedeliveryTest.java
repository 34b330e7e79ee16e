package dev.jitney.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jitney.core.ledger.Decision;
import dev.jitney.ghes.HookDelivery;
import dev.jitney.ghes.HookRef;
import dev.jitney.ghes.Hooks;
import dev.jitney.ledger.InMemoryBookmarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RedeliveryTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final int PLENTY = 100;

    private final FakeHooks hooks = new FakeHooks();
    private final InMemoryBookmarks bookmarks = new InMemoryBookmarks();
    private final List<Decision> decisions = new ArrayList<>();

    /** Deliveries by hook; what is asked for arrives, unless nothing does. */
    private static final class FakeHooks implements Hooks {
        final Map<String, List<HookDelivery>> log = new TreeMap<>();
        final List<String> organizations = new ArrayList<>();
        final List<Long> asked = new ArrayList<>();
        boolean down;
        int perPage = 2;
        int calls;
        private long lastId;

        long had(String owner, String event, boolean arrived) {
            return add(owner, "guid-" + (lastId + 1), event, false, arrived, NOW);
        }

        private long add(
                String owner,
                String guid,
                String event,
                boolean redelivery,
                boolean arrived,
                Instant at) {
            log.computeIfAbsent(owner, _ -> new ArrayList<>())
                    .addFirst(
                            new HookDelivery(
                                    ++lastId, guid, at, redelivery, arrived ? 202 : 502, event));
            return lastId;
        }

        @Override
        public List<String> organizations() {
            calls++;
            return organizations;
        }

        @Override
        public List<HookRef> ofOrganization(String organization) {
            calls++;
            return List.of(new HookRef.OfOrganization(organization, 1));
        }

        @Override
        public Page deliveries(HookRef hook, String cursor) {
            calls++;
            long before = cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
            List<HookDelivery> left =
                    log.getOrDefault(hook.owner(), List.of()).stream()
                            .filter(each -> each.id() < before)
                            .toList();
            List<HookDelivery> page = left.stream().limit(perPage).toList();
            return new Page(
                    page,
                    left.size() > perPage
                            ? Optional.of(Long.toString(page.getLast().id()))
                            : Optional.empty());
        }

        @Override
        public void redeliver(HookRef hook, long delivery) {
            calls++;
            asked.add(delivery);
            HookDelivery again =
                    log.getOrDefault(hook.owner(), List.of()).stream()
                            .filter(each -> each.id() == delivery)
                            .findFirst()
                            .orElseThrow();
            add(hook.owner(), again.guid(), again.event(), true, !down, NOW);
        }
    }

    private void go(Redelivery.Kind kind, int budget) {
        var cursor = new Cursor(bookmarks);
        cursor.load();
        new Redelivery(hooks, kind, cursor, decisions::add)
                .go(
                        List.of(),
                        new Part(new CallBudget(budget), 0, NOW, () -> false, _ -> {}),
                        new Ring(cursor, new InParallel(Runnable::run), (_, work) -> work.run()),
                        (_, work) -> work.run());
        cursor.save();
    }

    private List<Long> asked() {
        List<Long> now = List.copyOf(hooks.asked);
        hooks.asked.clear();
        return now;
    }

    @Test
    void asksForWhatFailed_andForNothingElse() {
        hooks.had("app", "workflow_job", true);
        long failed = hooks.had("app", "workflow_job", false);
        hooks.had("app", "ping", false);
        long another = hooks.had("app", "workflow_job", false);
        hooks.had("app", "workflow_job", true);

        go(Redelivery.Kind.APP, PLENTY);

        assertEquals(List.of(failed, another), asked());
        assertEquals("REDELIVERED", decisions.getFirst().reason());
    }

    @Test
    void neverAsksTwice_notEvenWhenItFailsAgain() {
        hooks.had("app", "workflow_job", false);
        hooks.had("app", "workflow_job", true);
        go(Redelivery.Kind.APP, PLENTY);
        asked();

        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(), asked());

        long failed = hooks.had("app", "workflow_job", false);
        hooks.had("app", "workflow_job", true);
        hooks.down = true;
        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(failed), asked());
        hooks.down = false;
        hooks.had("app", "workflow_job", true);
        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(), asked());
    }

    @Test
    void neverAsksTwice_whenItDiedBeforeItWroteDownWhatItAsked() {
        hooks.had("app", "workflow_job", false);
        hooks.had("app", "workflow_job", true);
        go(Redelivery.Kind.APP, PLENTY);
        bookmarks.update(_ -> new TreeMap<>());
        asked();

        go(Redelivery.Kind.APP, PLENTY);

        assertEquals(List.of(), asked());
    }

    @Test
    void whileNothingArrives_oneIsAProbe_andTheOthersAreKept() {
        long first = hooks.had("app", "workflow_job", false);
        long second = hooks.had("app", "workflow_job", false);
        long third = hooks.had("app", "workflow_job", false);
        hooks.down = true;

        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(first), asked());

        hooks.down = false;
        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(second), asked(), "the newest attempt had failed");

        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(third), asked());
        go(Redelivery.Kind.APP, PLENTY);
        assertEquals(List.of(), asked());
    }

    @Test
    void goesOnWhereTheBudgetEnded() {
        var all = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            all.add(hooks.had("app", "workflow_job", false));
        }
        hooks.had("app", "workflow_job", true);

        var asked = new ArrayList<Long>();
        for (int tick = 0; tick < 10; tick++) {
            hooks.calls = 0;
            go(Redelivery.Kind.APP, 6);
            assertTrue(hooks.calls <= 6, "calls: " + hooks.calls);
            asked.addAll(asked());
        }
        assertEquals(all, asked);
    }

    @Test
    void moreThanATickCanRead_isReadToItsEnd_andWhatIsNewerIsNotKeptWaiting() {
        hooks.perPage = 10;
        var all = new ArrayList<Long>();
        for (int i = 0; i < 600; i++) {
            long id = hooks.had("app", "workflow_job", i % 10 > 0);
            if (i % 10 == 0) {
                all.add(id);
            }
        }

        var asked = new ArrayList<Long>();
        for (int tick = 0; tick < 60; tick++) {
            hooks.calls = 0;
            go(Redelivery.Kind.APP, 24);
            assertTrue(hooks.calls <= 24, "calls: " + hooks.calls);
            if (tick == 1) {
                all.add(hooks.had("app", "workflow_job", false));
                hooks.had("app", "workflow_job", true);
            }
            asked.addAll(asked());
            if (tick == 2) {
                assertTrue(asked.contains(all.getLast()) && asked.size() < 61, asked::toString);
            }
        }

        assertEquals(all, asked.stream().sorted().toList(), "each once");
    }

    @Test
    void ofOrganizationsEachHasItsTurn_andOnesWithoutALedgerToo() {
        hooks.organizations.addAll(List.of("acme", "octo"));
        long acme = hooks.had("acme", "workflow_job", false);
        hooks.had("acme", "workflow_job", true);
        long octo = hooks.had("octo", "workflow_job", false);
        hooks.had("octo", "workflow_job", true);

        go(Redelivery.Kind.ORGANIZATION, 4);
        assertEquals(List.of(acme), asked());

        go(Redelivery.Kind.ORGANIZATION, 4);
        assertEquals(List.of(octo), asked());
    }

    @Test
    void aGlobalHookCannotBeAsked() {
        hooks.had("app", "workflow_job", false);

        go(Redelivery.Kind.GLOBAL, PLENTY);

        assertEquals(0, hooks.calls);
    }
}
