package dev.jitney.ghes;

/** Whose a webhook is. */
public sealed interface HookOwner {
    /** The whole server: one webhook for all organizations. */
    record Server() implements HookOwner {
        @Override
        public String toString() {
            return "server";
        }
    }

    /** One organization. */
    record Organization(String login) implements HookOwner {
        @Override
        public String toString() {
            return login;
        }
    }

    /** The GitHub App that we are: one webhook for all organizations it is installed in. */
    record App() implements HookOwner {
        @Override
        public String toString() {
            return "app";
        }
    }
}
