package dev.jitney.broker.activator;

import dev.jitney.broker.dispatcher.Lease;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One process of a Service. Confined to the event loop of the activator. */
final class Instance {
    /** Where an instance stands. */
    enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final int number;
    private final long bornNanos = System.nanoTime();
    private State state = State.STARTING;
    private int inFlight;
    private @Nullable Process process;
    private @Nullable URI uri;
    private @Nullable String fault;

    Instance(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    long ageNanos() {
        return System.nanoTime() - bornNanos;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    int inFlight() {
        return inFlight;
    }

    void runs(Process started, URI address) {
        process = started;
        uri = address;
    }

    /** Null until the process was started. */
    @Nullable Process process() {
        return process;
    }

    /** Why this activator ended it; null when it was not this activator. */
    @Nullable String fault() {
        return fault;
    }

    void fault(String reason) {
        fault = reason;
    }

    URI uri() {
        if (uri == null) {
            throw new IllegalStateException("instance " + number + " has no process");
        }
        return uri;
    }

    /**
     * Takes room for one request.
     *
     * @param home takes the room back
     */
    Lease lease(LeaseHome home) {
        inFlight++;
        URI address = uri();
        return new Lease() {
            private boolean released;

            @Override
            public URI baseUri() {
                return address;
            }

            @Override
            public synchronized void release() {
                if (!released) {
                    released = true;
                    home.giveBack(Instance.this);
                }
            }
        };
    }

    void giveBack() {
        inFlight--;
    }

    /** Takes back the room of a lease, from any thread. */
    interface LeaseHome {
        void giveBack(Instance instance);
    }
}
