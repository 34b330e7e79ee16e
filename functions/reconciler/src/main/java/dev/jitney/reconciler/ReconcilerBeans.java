package dev.jitney.reconciler;

import dev.jitney.runner.Pause;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the reconciler of a real process is made of. */
@Singleton
final class ReconcilerBeans {
    @Produces
    @Singleton
    Workers workers() {
        return new InParallel(Thread::startVirtualThread);
    }

    @Produces
    @Singleton
    Pause pause() {
        return Pause::really;
    }
}
