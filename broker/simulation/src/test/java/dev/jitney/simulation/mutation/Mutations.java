package dev.jitney.simulation.mutation;

import static dev.jitney.simulation.check.Invariant.*;
import static dev.jitney.simulation.mutation.Day.*;

import java.util.ArrayList;
import java.util.List;

/** The table of what is broken on purpose. */
final class Mutations {
    private static final String CORE = "functions/core/src/main/java/dev/jitney/core/";
    private static final String LEDGER = CORE + "ledger/";
    private static final String RUNNER = "functions/runner/src/main/java/dev/jitney/runner/";
    private static final String CLEANUP = "functions/cleanup/src/main/java/dev/jitney/cleanup/";
    private static final String PROVISIONER =
            "functions/provisioner/src/main/java/dev/jitney/provisioner/";
    private static final String RECONCILER =
            "functions/reconciler/src/main/java/dev/jitney/reconciler/";

    private Mutations() {}

    static List<Mutation> all() {
        List<Mutation> all = new ArrayList<>();
        all.addAll(line());
        return all;
    }

    private static List<Mutation> line() {
        return List.of(
            Mutation.of("a place that is given back stays taken", HEAVY, LEDGER + "LineEdit.java",
                "            ownPlaces().remove(runner);\n", "", WORK_CONSERVING),
            Mutation.of("a release forgets to give the place back", CALM, LEDGER + "Admission.java",
                "take(turn(Optional.of(runner), seen.ledger(), now), Optional.empty(), requested)",
                "take(turn(Optional.empty(), seen.ledger(), now), Optional.empty(), requested)", WORK_CONSERVING),
            Mutation.of("the youngest is served first", HEAVY, LEDGER + "LineEdit.java",
                "entry.compareTo(best.entry()) < 0)", "entry.compareTo(best.entry()) > 0)", ORDER),
            Mutation.of("the order of the line itself is reversed", HEAVY, LEDGER + "LineEntry.java",
                "return BY_AGE.compare(this, other);", "return BY_AGE.compare(other, this);", ORDER),
            Mutation.of("a job that waits again goes to the end of the backlog", HEAVY, LEDGER + "OrgEdit.java",
                "own.add(place < 0 ? -place - 1 : place, job);", "own.add(job);", ORDER),
            Mutation.of("one place more than the capacity", HEAVY, LEDGER + "LineEdit.java",
                "policy.openCapacity() - places.size());", "policy.openCapacity() + 1 - places.size());", PLACES_WITHIN_LIMIT),
            Mutation.of("one place fewer than the capacity", HEAVY, LEDGER + "LineEdit.java",
                "policy.openCapacity() - places.size());", "policy.openCapacity() - 1 - places.size());", LINE_SERVED),
            Mutation.of("one place more than an organization's limit", HEAVY, LEDGER + "LineEdit.java",
                "byOrganization.getOrDefault(organization, 0) < policy", "byOrganization.getOrDefault(organization, 0) <= policy", PLACES_WITHIN_LIMIT),
            Mutation.of("one lease more than an organization's limit", HEAVY, LEDGER + "OrgLedger.java",
                "limit - leases.size());", "limit + 1 - leases.size());", LEASES_WITHIN_LIMIT),
            Mutation.of("an older reading replaces a newer one in line", HEAVY, LEDGER + "LineEdit.java",
                "stood.revision() > standing.revision()", "stood.revision() < 0", WORK_CONSERVING),
            Mutation.of("who has left the line is not taken out", HEAVY, LEDGER + "LineEdit.java",
                "            ownLine().remove(organization);\n", "", WORK_CONSERVING),
            Mutation.of("a place that nobody needs is not given back", HEAVY, LEDGER + "Admission.java",
                "decide(Kind.RETURNED, organization, place.job(), place.runner().value(), \"\");\n                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));",
                "decide(Kind.RETURNED, organization, place.job(), place.runner().value(), \"\");", WORK_CONSERVING),
            Mutation.of("a place that nobody needs is not given back, calm", CALM, LEDGER + "Admission.java",
                "decide(Kind.RETURNED, organization, place.job(), place.runner().value(), \"\");\n                turns.addLast(turn(Optional.of(place.runner()), seen.ledger(), now));",
                "decide(Kind.RETURNED, organization, place.job(), place.runner().value(), \"\");", WORK_CONSERVING),
            Mutation.of("a lease is written though its job has left", HEAVY, LEDGER + "Leasing.java",
                "        if (job.isEmpty()) {\n            return new Step<>(ledger, new Unneeded());\n        }\n",
                "        if (job.isEmpty()) {\n            job = Optional.of(WaitingJob.first(place.job(), place.runnerClass(), \"x\", now));\n        }\n", ONE_PLACE),
            Mutation.of("a granted job stays in the backlog", HEAVY, LEDGER + "Leasing.java",
                "new OrgEdit(ledger, now).dequeue(place.job()).put(lease).done()", "new OrgEdit(ledger, now).put(lease).done()", ONE_PLACE),
            Mutation.of("a swap loses the displaced job", CALM, LEDGER + "Binding.java",
                "edit.enqueue(requeued).done()", "edit.done()", WORK_CONSERVING),
            Mutation.of("a swap loses the displaced job, heavy", HEAVY, LEDGER + "Binding.java",
                "edit.enqueue(requeued).done()", "edit.done()", WORK_CONSERVING),
            Mutation.of("a spare lease keeps its finished job", HEAVY, LEDGER + "Completion.java",
                "Lease spare = edit.makeSpare(lease);", "Lease spare = lease;", ONE_PLACE),
            Mutation.of("a spare lease keeps a job that waits", HEAVY, LEDGER + "OrgEdit.java",
                "            dequeue(next.job().id());\n", "", ONE_PLACE),
            Mutation.of("an ended job is not remembered", CALM, LEDGER + "OrgEdit.java",
                "        ownFinished().putIfAbsent(job, now);\n", "", WORK_CONSERVING),
            Mutation.of("an ended job is not remembered, heavy", HEAVY, LEDGER + "OrgEdit.java",
                "        ownFinished().putIfAbsent(job, now);\n", "", WORK_CONSERVING),
            Mutation.of("a late event binds an ended job", HEAVY, LEDGER + "Binding.java",
                "        if (ledger.isFinished(job.id())) {\n            return new Step<>(ledger, new Stale());\n        }\n", "", ONE_PLACE),
            Mutation.of("a gated job stays in the backlog", HEAVY, LEDGER + "OrgEdit.java",
                "        dequeue(job.id());\n        if (isUntouched(gated", "        if (isUntouched(gated", ONE_PLACE),
            Mutation.of("a job that waits again keeps the name of its runner", HEAVY, LEDGER + "WaitingJob.java",
                "createdAt, generation + 1, failures, notBefore, held);", "createdAt, generation, failures, notBefore, held);", ONE_PLACE),
            Mutation.of("a refused job keeps the name of its runner", HEAVY, LEDGER + "WaitingJob.java",
                "                generation + 1,\n", "                generation,\n", ONE_PLACE),
            Mutation.of("a release forgets the job that never ran", HEAVY, LEDGER + "Leasing.java",
                "        OrgEdit edit = new OrgEdit(ledger, now).remove(runner);\n        if (lease.get().state().isIdle()) {\n            edit.requeue(lease.get().job().requeued());\n        }\n",
                "        OrgEdit edit = new OrgEdit(ledger, now).remove(runner);\n", EVERY_JOB_ENDS),
            Mutation.of("the lease goes before the pod has ended", HEAVY, RUNNER + "RunnerRetirement.java",
                "        return Retirement.STILL_ENDING;\n    }\n\n    /** Takes back a runner that may be idle", "        return Retirement.GONE;\n    }\n\n    /** Takes back a runner that may be idle", RUNNER_HAS_PLACE),
            Mutation.of("a runner is retired without asking GitHub", CALM, RUNNER + "RunnerRetirement.java",
                "Removal removal = removeRegistration(organization, runner, pod);", "Removal removal = Removal.GONE;", NOTHING_LEFT),
            Mutation.of("a runner is retired without asking GitHub, heavy", HEAVY, RUNNER + "RunnerRetirement.java",
                "Removal removal = removeRegistration(organization, runner, pod);", "Removal removal = Removal.GONE;", NOTHING_LEFT),
            Mutation.of("a busy runner is retired all the same", HEAVY, RUNNER + "RunnerRetirement.java",
                "if (removal != Removal.BUSY) {", "if (pod.isPresent() || removal != Removal.BUSY) {", NOTHING_LEFT),
            Mutation.of("the provisioner makes a runner whose lease has gone further", HEAVY, PROVISIONER + "Provisioning.java",
                "lease.isEmpty() || lease.get().state() != LeaseState.REQUESTED", "lease.isEmpty()", RUNNER_HAS_PLACE),
            Mutation.of("the provisioner keeps a runner that is to retire", HEAVY, PROVISIONER + "Provisioning.java",
                "        if (!wanted) {", "        if (!wanted && lease.isEmpty()) {", NOTHING_LEFT),
            Mutation.of("cleanup takes a runner back without its lock", HEAVY, CLEANUP + "Cleanup.java",
                "        try (var _ = own.get()) {\n            return work.get();\n        }\n", "        own.get().close();\n        return work.get();\n", RUNNER_HAS_PLACE),
            Mutation.of("ghosts are removed without looking at the lease", CALM, RECONCILER + "Ghosts.java",
                "                .filter(name -> ledgers.read(organization).lease(name).isEmpty())\n", "", EVERY_JOB_ENDS),
            Mutation.of("ghosts are removed without looking at the lease, heavy", HEAVY, RECONCILER + "Ghosts.java",
                "                .filter(name -> ledgers.read(organization).lease(name).isEmpty())\n", "", EVERY_JOB_ENDS),
            Mutation.of("no counter is ever corrected by the reconciler", HEAVY, CORE + "reconcile/Reconciliation.java",
                "if (value != right) {", "if (value < 0) {", NOTHING_LEFT),
            Mutation.of("a counter is stepped down twice", HEAVY, LEDGER + "Gatekeeper.java",
                "gates.leave(Gates.CLUSTER, policy.capacity()),", "gates.leave(Gates.CLUSTER, policy.capacity() + 0 * (gates.leave(Gates.CLUSTER, policy.capacity()).hashCode() & 1)),", NOTHING_LEFT),
            Mutation.of("who is due again does not stand in line again", HEAVY, CORE + "reconcile/Reconciliation.java",
                "        standings(seen, repairs);\n        lineNotServed", "        lineNotServed", WORK_CONSERVING),
            Mutation.of("a rebuild opens without counting", WIPED, LEDGER + "Adoption.java",
                "                        with(ledger.places(), counted),\n", "                        ledger.places(),\n", REBUILT),
            Mutation.of("an empty store is believed at once", WIPED, LEDGER + "LineEdit.java",
                "        if (!before.isOpen()) {\n            return;\n        }\n", "", PLACES_WITHIN_LIMIT),
            Mutation.of("who stands further back is never called", SHORT_FRONT, LEDGER + "Recall.java",
                "< bounds.few());", "< 0);", EVERY_JOB_ENDS),
            Mutation.of("who is cut off the front is not noted", SHORT_FRONT, LEDGER + "FurtherBack.java",
                "                ledgers.file(each.getKey(), further.unfiled(), further.from());\n", "", EVERY_JOB_ENDS),
            Mutation.of("a recall forgets whom it called", SHORT_FRONT, LEDGER + "Recall.java",
                "        called.forEach((each, standing) -> edit.standIn(each, standing, Optional.empty()));\n", "", EVERY_JOB_ENDS),
            Mutation.of("the youngest stay in a front that is cut", SHORT_FRONT, LEDGER + "Standing.java",
                "|| each.age().isOlderThan(cut))", "|| cut.isOlderThan(each.age()))", ORDER),
            Mutation.of("two writers overwrite each other", HEAVY, "infinispan/ledger/src/main/java/dev/jitney/ledger/KeyedWriter.java",
                "store.replace(key, seen, after, deadline);", "store.replace(key, java.util.Objects.requireNonNull(store.get(key, deadline)), after, deadline);", ONE_PLACE)
        );
    }
}
