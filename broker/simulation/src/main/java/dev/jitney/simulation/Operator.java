package dev.jitney.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.Policy;
import dev.jitney.core.event.EventTypes;
import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicySettings;
import dev.jitney.ledger.KeyedPolicy;
import dev.jitney.simulation.broker.BrokerTwin;
import dev.jitney.simulation.broker.Event;
import dev.jitney.simulation.check.Checker;
import dev.jitney.simulation.engine.Chaos;
import dev.jitney.simulation.engine.Dice;
import dev.jitney.simulation.engine.Fault;
import dev.jitney.simulation.engine.Nanos;
import dev.jitney.simulation.engine.Timeline;
import dev.jitney.simulation.engine.Trace;
import dev.jitney.simulation.store.Records;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes the policy now and then while everything runs, and takes each change back after a while;
 * when faults end, nothing is left of it.
 */
final class Operator {
    /** The organizations that have most of the load come first in the list. */
    private static final int BUSIEST = 50;

    private final Policy configured;
    private final Records<PolicyDocument> store;
    private final Timeline timeline;
    private final Chaos chaos;
    private final Checker checker;
    private final BrokerTwin broker;
    private final Trace trace;
    private final ObjectMapper mapper;
    private final TreeMap<Organization, Integer> limits = new TreeMap<>();
    private final TreeSet<OrganizationPattern> frozen = new TreeSet<>();
    private List<String> organizations = List.of();
    private OptionalInt capacity = OptionalInt.empty();
    private OptionalInt organizationLimit = OptionalInt.empty();
    private boolean draining;
    private int changes;

    Operator(
            Policy configured,
            Records<PolicyDocument> store,
            Timeline timeline,
            Chaos chaos,
            Checker checker,
            BrokerTwin broker,
            Trace trace,
            ObjectMapper mapper) {
        this.configured = configured;
        this.store = store;
        this.timeline = timeline;
        this.chaos = chaos;
        this.checker = checker;
        this.broker = broker;
        this.trace = trace;
        this.mapper = mapper;
    }

    /**
     * Begins its work.
     *
     * @param end from then on everything is as configured again
     */
    void work(List<String> logins, long end) {
        organizations = logins;
        chaos.hourly(Fault.POLICY_CHANGED, this::change);
        timeline.after(
                end,
                () -> {
                    if (changes > 0) {
                        limits.clear();
                        frozen.clear();
                        capacity = OptionalInt.empty();
                        organizationLimit = OptionalInt.empty();
                        draining = false;
                        write("as configured");
                    }
                });
    }

    private void change() {
        Dice dice = chaos.dice(Fault.POLICY_CHANGED);
        long lasts = dice.between(Nanos.MINUTE, 30 * Nanos.MINUTE);
        switch (dice.below(6)) {
            case 0 -> {
                Organization one = oneOf(dice);
                limits.put(one, dice.below(2 * configured.organizationLimit() + 1));
                until(lasts, () -> limits.remove(one), "limit of " + one + " as configured");
                write("limit of " + one + " " + limits.get(one));
            }
            case 1 -> {
                int limit = 1 + dice.below(2 * configured.organizationLimit());
                organizationLimit = OptionalInt.of(limit);
                until(lasts, () -> organizationLimit = OptionalInt.empty(), "limit as configured");
                write("limit " + limit);
            }
            case 2 -> {
                int half = configured.capacity() / 2;
                capacity = OptionalInt.of(half + dice.below(configured.capacity()));
                until(lasts, () -> capacity = OptionalInt.empty(), "capacity as configured");
                write("capacity " + capacity.getAsInt());
            }
            case 3 -> freeze(new OrganizationPattern(oneOf(dice).login()), lasts);
            case 4 -> {
                String login = oneOf(dice).login();
                freeze(
                        new OrganizationPattern(login.substring(0, login.length() - 1) + "*"),
                        lasts);
            }
            default -> {
                draining = true;
                until(lasts / 3, () -> draining = false, "resume");
                write("drain");
            }
        }
    }

    private void freeze(OrganizationPattern who, long lasts) {
        frozen.add(who);
        until(lasts, () -> frozen.remove(who), "unfreeze " + who);
        write("freeze " + who);
    }

    private Organization oneOf(Dice dice) {
        return new Organization(
                organizations.get(dice.below(Math.min(BUSIEST, organizations.size()))));
    }

    private void until(long lasts, Runnable back, String words) {
        timeline.after(
                lasts,
                () -> {
                    back.run();
                    write(words);
                });
    }

    /** The whole policy again: the store may have lost what it held. */
    private void write(String words) {
        Instant now = Nanos.instant(timeline.now());
        PolicyDocument document =
                with(
                        store.valueOf(KeyedPolicy.KEY, PolicyDocument.EMPTY),
                        new PolicyEdit.Apply(settings(), words),
                        now);
        if (draining != document.draining()) {
            document =
                    with(
                            document,
                            draining ? new PolicyEdit.Drain() : new PolicyEdit.Resume(),
                            now);
        }
        store.put(KeyedPolicy.KEY, document);
        trace.add("policy", "", words, "");
        checker.allow(document.over(configured));
        // The announcement is lost now and then: the next tick finds what it would have said.
        if (!chaos.strikes(Fault.WEBHOOK_LOST)) {
            announce(document.revision(), now);
        }
    }

    private PolicyDocument with(PolicyDocument before, PolicyEdit edit, Instant now) {
        Step<PolicyDocument, PolicyDocument.Outcome> step =
                before.with(new PolicyChange("change-" + ++changes, edit, "operator", now, ""));
        return step.next();
    }

    private PolicySettings settings() {
        return new PolicySettings(
                capacity,
                organizationLimit,
                Map.of(),
                limits,
                List.of(),
                List.of(),
                List.copyOf(frozen),
                List.of());
    }

    private void announce(long revision, Instant now) {
        broker.accept(
                new Event(
                        "policy/change-" + changes,
                        "/jitney/policy",
                        EventTypes.POLICY_CHANGED,
                        null,
                        now,
                        Map.of(),
                        mapper.createObjectNode().put("revision", revision)));
    }
}
