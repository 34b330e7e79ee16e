package dev.jitney.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jitney.core.policy.PolicyChange;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyDocument.Outcome;
import dev.jitney.core.policy.PolicyEdit;
import dev.jitney.core.policy.PolicyRefused;
import dev.jitney.core.policy.PolicyStore;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every store of the policy does. */
abstract class PolicyStoreContract {

    /** The store, without a document at the start of each test. */
    abstract PolicyStore store();

    private Outcome make(String id, PolicyEdit edit) {
        var change = new PolicyChange(id, edit, "alice", Samples.NOW, "because");
        return store().update(document -> document.with(change));
    }

    @Test
    void withoutADocumentNothingIsDecided() {
        assertEquals(PolicyDocument.EMPTY, store().read());
    }

    @Test
    void keepsWhatWasStored() {
        make("drain", new PolicyEdit.Drain());
        make("apply", new PolicyEdit.Apply(Samples.policy().settings(), "policy.yaml"));
        PolicyDocument stored = store().read();

        assertEquals(Samples.policy().settings(), stored.settings());
        assertEquals(2, stored.revision());
        assertEquals(2, stored.log().size());
    }

    @Test
    void aChangeThatIsMadeTwiceIsStoredOnce() {
        make("raise", new PolicyEdit.SetCapacity(OptionalInt.of(300)));
        make("lower", new PolicyEdit.SetCapacity(OptionalInt.of(100)));

        assertEquals(
                Outcome.CHANGED, make("raise", new PolicyEdit.SetCapacity(OptionalInt.of(300))));

        assertEquals(OptionalInt.of(100), store().read().settings().capacity());
        assertEquals(2, store().read().revision());
    }

    @Test
    void whatIsRefusedChangesNothing() {
        make("capacity", new PolicyEdit.SetCapacity(OptionalInt.of(5)));
        PolicyDocument before = store().read();

        assertThrows(PolicyRefused.class, () -> make("more", new PolicyEdit.Resume()));

        assertEquals(before, store().read());
    }

    @Test
    void noChangeIsLostWhenManyComeAtOnce() throws Exception {
        Crowd.run(
                16,
                60,
                i ->
                        make(
                                "change-" + i,
                                new PolicyEdit.SetLimit(Samples.org(i), OptionalInt.of(i))));

        PolicyDocument stored = store().read();
        assertEquals(60, stored.revision());
        assertEquals(60, stored.settings().limits().size());
        assertEquals(60, stored.log().size());
    }
}
