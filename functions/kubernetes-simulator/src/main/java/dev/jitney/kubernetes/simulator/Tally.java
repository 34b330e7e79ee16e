package dev.jitney.kubernetes.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts pods and refusals for the control page and tells the observer. A pod counts from its
 * creation until it has ended or its object is gone.
 */
final class Tally {
    private final Objects objects;
    private final KubernetesObserver observer;
    private final Map<String, String> organizationByUid = new HashMap<>();
    private final Map<String, Integer> active = new HashMap<>();
    private final Map<String, Integer> peaks = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int created;
    private int peakPods;

    Tally(Objects objects, KubernetesObserver observer) {
        this.objects = objects;
        this.observer = observer;
        objects.listen(this::changed);
    }

    void refused(String resource, String name, String reason) {
        refused.merge(reason, 1, Integer::sum);
        observer.refused(resource, name, reason);
    }

    void fault(FaultDice.Fault fault) {
        faults.merge(fault.name(), 1, Integer::sum);
    }

    private void changed(Objects.Change change) {
        if (change.kind() != Kind.POD) {
            return;
        }
        JsonObject pod = change.object();
        switch (change.type()) {
            case ADDED -> added(pod);
            case MODIFIED -> {
                if (Meta.isTerminal(pod) && left(pod)) {
                    observer.podTerminal(organization(pod), Meta.name(pod));
                }
            }
            case DELETED -> {
                left(pod);
                observer.podGone(organization(pod), Meta.name(pod));
            }
        }
    }

    private void added(JsonObject pod) {
        String organization = organization(pod);
        organizationByUid.put(Meta.uid(pod), organization);
        created++;
        peakPods = Math.max(peakPods, organizationByUid.size());
        peaks.merge(organization, active.merge(organization, 1, Integer::sum), Math::max);
        String job = Meta.label(pod, "jitney.dev/job");
        observer.podCreated(organization, Meta.name(pod), job, Instant.now());
    }

    /** Whether the pod counted until now. */
    private boolean left(JsonObject pod) {
        String organization = organizationByUid.remove(Meta.uid(pod));
        if (organization == null) {
            return false;
        }
        active.merge(organization, -1, Integer::sum);
        return true;
    }

    private static String organization(JsonObject pod) {
        return Meta.label(pod, "jitney.dev/organization");
    }

    /**
     * Figures for the control page: {@code pods}, {@code podsActive}, {@code podsRunning}, {@code
     * secrets} now; {@code created}, {@code peakPods}, {@code peakPerOrganization} (its {@code max}
     * and the peak of each of the {@code organizations}), {@code refused} by reason and {@code
     * faults} by kind since the start.
     */
    JsonObject state() {
        long running =
                objects.list(Kind.POD, "").stream()
                        .filter(pod -> Meta.phase(pod).equals("Running"))
                        .count();
        int peak = peaks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return new JsonObject()
                .put("pods", objects.list(Kind.POD, "").size())
                .put("podsActive", organizationByUid.size())
                .put("podsRunning", running)
                .put("secrets", objects.list(Kind.SECRET, "").size())
                .put("created", created)
                .put("peakPods", peakPods)
                .put(
                        "peakPerOrganization",
                        new JsonObject().put("max", peak).put("organizations", json(peaks)))
                .put("refused", json(refused))
                .put("faults", json(faults));
    }

    private static JsonObject json(Map<String, Integer> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }
}
