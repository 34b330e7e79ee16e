package dev.jitney.standalone.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each test tells a short story; the number before a step is its second. */
final class ObservationTest {
    private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

    private final Observation seen = new Observation(3, 2);

    private static Instant at(double second) {
        return START.plusMillis((long) (second * 1000));
    }

    private void queued(double second, long job, String organization) {
        seen.jobQueued(job, organization, at(second));
        seen.webhookAccepted(job, "queued", at(second));
    }

    private void asked(double second, long job, String organization) {
        seen.jitRequested(organization, "linux-" + job, at(second));
        seen.runnerRegistered(organization, "linux-" + job, at(second));
    }

    private void pod(double second, long job, String organization) {
        asked(second, job, organization);
        seen.podCreated(organization, "linux-" + job, at(second));
    }

    private void runs(double second, long job) {
        seen.jobStarted(job, "linux-" + job, at(second));
    }

    private void ends(double second, long job, String organization) {
        seen.jobCompleted(job, "success", at(second));
        seen.runnerRemoved(organization, "linux-" + job, at(second));
        seen.podEnded(organization, "linux-" + job, at(second));
    }

    // Inversions.

    @Test
    void aYoungerJobOfAnotherOrganizationFirstIsAnInversion() {
        queued(0, 101, "a");
        queued(1, 102, "b");
        pod(5, 102, "b");

        assertEquals(1, seen.inversions());
    }

    @Test
    void theOldestFirstIsNone() {
        queued(0, 101, "a");
        queued(1, 102, "b");
        pod(5, 101, "a");
        pod(5, 102, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void withinAnOrganizationTheOrderIsNotJudged() {
        queued(0, 101, "a");
        queued(1, 102, "a");
        pod(5, 102, "a");

        assertEquals(0, seen.inversions());
    }

    @Test
    void aWebhookAcceptedLessThanTwoSecondsAgoMayStillBeUnknown() {
        seen.jobQueued(101, "a", at(0));
        queued(1, 102, "b");
        seen.webhookAccepted(101, "queued", at(3.5));
        pod(5, 102, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void aWebhookAcceptedTwoSecondsAgoIsKnown() {
        seen.jobQueued(101, "a", at(0));
        queued(1, 102, "b");
        seen.webhookAccepted(101, "queued", at(3));
        pod(5, 102, "b");

        assertEquals(1, seen.inversions());
    }

    @Test
    void ofOneSecondTheLowerIdIsTheOlder() {
        queued(0.1, 102, "a");
        queued(0.9, 101, "b");
        pod(5, 101, "b");
        assertEquals(0, seen.inversions());

        queued(10.1, 104, "a");
        queued(10.9, 103, "b");
        ends(11, 101, "b");
        pod(15, 104, "a");
        assertEquals(1, seen.inversions());
    }

    @Test
    void anOrganizationAtItsLimitIsNotOvertaken() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        queued(0, 103, "a");
        pod(1, 101, "a");
        pod(1, 102, "a");
        queued(2, 104, "b");
        pod(9, 104, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void aPlaceThatJustCameFreeIsOnItsWay() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        queued(0, 103, "a");
        pod(1, 101, "a");
        pod(1, 102, "a");
        runs(1, 101);
        queued(2, 104, "b");
        ends(8, 101, "a");
        pod(9, 104, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void aPlaceFreeForLongIsOvertaken() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        queued(0, 103, "a");
        pod(1, 101, "a");
        pod(1, 102, "a");
        runs(1, 101);
        queued(2, 104, "b");
        ends(6, 101, "a");
        pod(9, 104, "b");

        assertEquals(1, seen.inversions());
    }

    @Test
    void aRunnerAskedForOnceIsEnough() {
        queued(0, 101, "a");
        seen.jitRequested("a", "linux-101", at(1));
        queued(1, 102, "b");
        pod(5, 102, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void aSpareRunnerServesTheOldestWaitingJob() {
        queued(0, 101, "a");
        pod(1, 101, "a");
        seen.jobCompleted(101, "cancelled", at(2));
        queued(3, 102, "a");
        queued(4, 103, "b");
        pod(9, 103, "b");

        assertEquals(0, seen.inversions());
    }

    @Test
    void whatDelaysThePodAfterTheDecisionIsNoInversion() {
        queued(1, 102, "b");
        asked(2, 102, "b");
        seen.jobQueued(101, "a", at(0));
        seen.webhookAccepted(101, "queued", at(2.5));
        seen.podCreated("b", "linux-102", at(9));

        assertEquals(0, seen.inversions());
    }

    @Test
    void withPlaceForBothTheyAreMadeSideBySide() {
        queued(0, 101, "a");
        queued(1, 102, "b");
        pod(5, 102, "b");
        pod(6, 101, "a");

        assertEquals(0, seen.inversions());
    }

    @Test
    void withPlaceForOneTheYoungerIsAnInversionHoweverSoonTheOtherFollows() {
        queued(0, 101, "a");
        queued(0, 102, "c");
        queued(0, 103, "c");
        pod(0.5, 102, "c");
        pod(0.5, 103, "c");
        queued(1, 104, "b");
        pod(5, 104, "b");
        runs(5, 102);
        ends(5.5, 102, "c");
        pod(6, 101, "a");

        assertEquals(1, seen.inversions());
    }

    @Test
    void countsAnInversionOnlyWhenThePodIsMade() {
        queued(0, 101, "a");
        queued(1, 102, "b");
        asked(5, 102, "b");

        assertEquals(0, seen.inversions());
    }

    // Violations and peaks.

    @Test
    void moreRunnersThanTheLimitOfAnOrganizationIsAViolation() {
        for (long job = 101; job <= 103; job++) {
            queued(0, job, "a");
        }
        pod(1, 101, "a");
        pod(1, 102, "a");
        assertEquals(0, seen.violations());

        asked(1, 103, "a");
        assertEquals(1, seen.violations());
    }

    @Test
    void aPodAndItsRegistrationAreOneRunner() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        pod(1, 101, "a");
        pod(1, 102, "a");
        runs(2, 101);
        seen.runnerRemoved("a", "linux-101", at(3));

        assertEquals(0, seen.violations());
        assertEquals(2, seen.podPeakPerOrganization());
    }

    @Test
    void morePodsThanCapacityIsAViolation() {
        String[] organizations = {"a", "a", "b", "b"};
        for (int i = 0; i < organizations.length; i++) {
            queued(0, 101 + i, organizations[i]);
            pod(1, 101 + i, organizations[i]);
        }

        assertEquals(1, seen.violations());
        assertEquals(4, seen.podPeak());
    }

    @Test
    void aPodThatEndedAndThenGoesCountsOnce() {
        queued(0, 101, "a");
        pod(1, 101, "a");
        seen.podEnded("a", "linux-101", at(2));
        seen.podEnded("a", "linux-101", at(3));
        queued(4, 102, "a");
        pod(5, 102, "a");

        assertEquals(1, seen.podPeak());
    }

    // Times.

    @Test
    void waitsInSimulatedSecondsFromArrivalToStart() {
        queued(0, 101, "a");
        pod(1, 101, "a");
        runs(2, 101);

        assertEquals(new Percentiles(1, 120, 120, 120), seen.waitSeconds(60));
    }

    @Test
    void aGatedJobWantsARunnerWhenItsGateOpens() {
        seen.jobQueued(101, "a", at(0));
        seen.webhookAccepted(101, "waiting", at(0));
        seen.webhookAccepted(101, "queued", at(10));
        pod(11, 101, "a");
        runs(12, 101);

        assertEquals(new Percentiles(1, 2, 2, 2), seen.waitSeconds(1));
    }

    @Test
    void measuresWebhookToPodOfJobsThatFoundRoom() {
        for (long job = 101; job <= 103; job++) {
            queued(0, job, "a");
        }
        pod(0.010, 101, "a");
        pod(0.020, 102, "a");
        runs(1, 101);
        ends(2, 101, "a");
        pod(3, 103, "a");

        // The third waited for a place of its organization.
        assertEquals(new Percentiles(2, 10, 20, 20), seen.webhookToPodMillis());
    }

    @Test
    void aFullClusterHasNoRoom() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        queued(0, 103, "b");
        queued(0, 104, "c");
        pod(0.010, 104, "c");

        assertEquals(0, seen.webhookToPodMillis().count());
    }

    @Test
    void countsJobs() {
        queued(0, 101, "a");
        queued(0, 102, "a");
        queued(0, 103, "b");
        pod(1, 101, "a");
        runs(1, 101);
        seen.jobCompleted(103, "cancelled", at(2));

        assertEquals(new Progress.Counts(3, 1, 1, 1), seen.counts());
        assertEquals(1, seen.cancelled());
    }
}
