package dev.jitney.ledger;

import dev.jitney.core.ledger.Step;
import dev.jitney.core.policy.PolicyDocument;
import dev.jitney.core.policy.PolicyStore;
import java.time.Duration;
import java.util.function.Function;

/** The policy over any versioned store; what Infinispan and memory have in common. */
public class KeyedPolicy implements PolicyStore {
    /** Key of the record. */
    public static final String KEY = "policy";

    private final KeyedWriter<PolicyDocument> writer;

    /**
     * @param patience how long an update or a read may take in all
     */
    KeyedPolicy(VersionedStore<PolicyDocument> store, Duration patience) {
        this(store, patience, Waiting.REAL);
    }

    /** A policy whose callers wait otherwise. */
    public KeyedPolicy(VersionedStore<PolicyDocument> store, Duration patience, Waiting waiting) {
        this.writer = new KeyedWriter<>(store, _ -> PolicyDocument.EMPTY, patience, waiting);
    }

    @Override
    public PolicyDocument read() {
        return writer.read(KEY);
    }

    @Override
    public <R> R update(Function<PolicyDocument, Step<PolicyDocument, R>> transition) {
        return writer.update(KEY, transition).result();
    }
}
