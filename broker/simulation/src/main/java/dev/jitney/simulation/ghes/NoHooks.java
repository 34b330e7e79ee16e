package dev.jitney.simulation.ghes;

import dev.jitney.ghes.HookRef;
import dev.jitney.ghes.Hooks;
import java.util.List;
import java.util.Optional;

/** The webhook is one of the whole server: nobody can list its deliveries. */
public enum NoHooks implements Hooks {
    OF_A_GLOBAL_HOOK;

    @Override
    public List<String> organizations() {
        return List.of();
    }

    @Override
    public List<HookRef> ofOrganization(String organization) {
        return List.of();
    }

    @Override
    public Page deliveries(HookRef hook, String cursor) {
        return new Page(List.of(), Optional.empty());
    }

    @Override
    public void redeliver(HookRef hook, long delivery) {
        throw new IllegalStateException("there is no hook to deliver again");
    }
}
