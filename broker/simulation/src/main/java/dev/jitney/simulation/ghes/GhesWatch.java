package dev.jitney.simulation.ghes;

/** Is told what happens on the server, at the moment it happens. */
public interface GhesWatch {
    void created(Job job);

    void started(Job job);

    void ended(Job job);

    /**
     * A registration has changed.
     *
     * @param there whether the server knows it
     * @param active whether its program is connected
     */
    void registration(String organization, String name, boolean there, boolean active);
}
