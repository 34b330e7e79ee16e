package dev.jitney.simulation.ghes;

/** Is told what happens on the server, at the moment it happens. */
public interface GhesWatch {
    void created(Job job);

    void started(Job job);

    void ended(Job job);

    /**
     * A registration is there now, or is gone.
     *
     * @param there told again, with the same value, when its runner comes online
     */
    void registration(String organization, String name, boolean there);
}
