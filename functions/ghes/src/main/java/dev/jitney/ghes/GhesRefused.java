package dev.jitney.ghes;

/** GHES will not do this, however often it is asked: a 4xx that is not about load. */
public final class GhesRefused extends GhesException {
    private final int status;

    public GhesRefused(String message, int status) {
        super(message, null);
        this.status = status;
    }

    /** The HTTP status, such as 404 for an organization that does not exist. */
    public int status() {
        return status;
    }
}
