package dev.jitney.ghes;

/** A webhook whose deliveries GitHub lists. A global hook of the server is none. */
public sealed interface HookRef {
    /** Whose it is, for people: a login, or {@code app}. */
    String owner();

    /** The hook of the GitHub App that we are. */
    record OfApp() implements HookRef {
        @Override
        public String owner() {
            return "app";
        }
    }

    /** A hook of an organization. */
    record OfOrganization(String login, long id) implements HookRef {
        @Override
        public String owner() {
            return login;
        }
    }
}
