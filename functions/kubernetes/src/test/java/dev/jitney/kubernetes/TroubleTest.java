package dev.jitney.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TroubleTest {
    @Test
    void isNoneInAnOrdinaryStart() {
        assertEquals(Optional.empty(), trouble("phase: Pending"));
        assertEquals(
                Optional.empty(),
                trouble(
                        """
                        phase: Pending
                        conditions: [{type: PodScheduled, status: "True"}]
                        containerStatuses:
                        - {name: runner, state: {waiting: {reason: PodInitializing}}}
                        """));
    }

    @Test
    void isUnschedulableWithoutRoomOnANode() {
        var trouble =
                trouble(
                        """
                        phase: Pending
                        conditions:
                        - {type: PodScheduled, status: "False", reason: Unschedulable, message: no room}
                        """);

        assertEquals(Optional.of(new Trouble("Unschedulable", "no room")), trouble);
    }

    @Test
    void isTheReasonAContainerWaits() {
        var trouble =
                trouble(
                        """
                        phase: Pending
                        initContainerStatuses:
                        - {name: dind, state: {waiting: {reason: ImagePullBackOff, message: back-off}}}
                        containerStatuses:
                        - {name: runner, state: {waiting: {reason: PodInitializing}}}
                        """);

        assertEquals(Optional.of(new Trouble("ImagePullBackOff", "back-off")), trouble);
    }

    @Test
    void isTheReasonThePodEnded() {
        var trouble = trouble("{phase: Failed, reason: Evicted, message: node low on memory}");

        assertEquals(Optional.of(new Trouble("Evicted", "node low on memory")), trouble);
    }

    @Test
    void isTheExitCodeOfTheRunnerButNotOfTheDaemon() {
        var trouble =
                trouble(
                        """
                        phase: Failed
                        initContainerStatuses:
                        - {name: dind, state: {terminated: {reason: Error, exitCode: 143}}}
                        containerStatuses:
                        - {name: runner, state: {terminated: {reason: Error, exitCode: 7}}}
                        """);

        assertEquals(Optional.of(new Trouble("Error", "exit code 7")), trouble);
    }

    private static Optional<Trouble> trouble(String status) {
        String yaml = "apiVersion: v1\nkind: Pod\nstatus:\n" + status.indent(2);
        Pod pod = Serialization.unmarshal(yaml, Pod.class);
        return Trouble.of(pod);
    }
}
