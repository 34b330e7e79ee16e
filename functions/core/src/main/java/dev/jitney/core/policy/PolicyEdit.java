package dev.jitney.core.policy;

import dev.jitney.core.Organization;
import dev.jitney.core.OrganizationPattern;
import dev.jitney.core.RunnerClassName;
import java.time.Instant;
import java.util.OptionalInt;

/** One thing that an operator wants different. An empty number takes a decision back. */
public sealed interface PolicyEdit {
    /** What it does, in plain words, for people who read it later. */
    String words();

    /** Most runners of the cluster. */
    record SetCapacity(OptionalInt capacity) implements PolicyEdit {
        @Override
        public String words() {
            return "capacity " + number(capacity);
        }
    }

    /** Most runners of every organization that has no limit of its own. */
    record SetOrganizationLimit(OptionalInt limit) implements PolicyEdit {
        @Override
        public String words() {
            return "limit of every organization " + number(limit);
        }
    }

    /** Most runners of one organization. */
    record SetLimit(Organization organization, OptionalInt limit) implements PolicyEdit {
        @Override
        public String words() {
            return "limit of " + organization + " " + number(limit);
        }
    }

    /** Most runners of a class. */
    record SetClassLimit(RunnerClassName runnerClass, OptionalInt limit) implements PolicyEdit {
        @Override
        public String words() {
            return "limit of class " + runnerClass + " " + number(limit);
        }
    }

    /** Nothing new for these organizations; what runs runs on, what waits keeps its age. */
    record Freeze(OrganizationPattern organizations) implements PolicyEdit {
        @Override
        public String words() {
            return "freeze " + organizations;
        }
    }

    /** Nothing new of this class. */
    record FreezeClass(RunnerClassName runnerClass) implements PolicyEdit {
        @Override
        public String words() {
            return "freeze class " + runnerClass;
        }
    }

    /** Ends a freeze of just this pattern. */
    record Unfreeze(OrganizationPattern organizations) implements PolicyEdit {
        @Override
        public String words() {
            return "unfreeze " + organizations;
        }
    }

    /** Ends a freeze of a class. */
    record UnfreezeClass(RunnerClassName runnerClass) implements PolicyEdit {
        @Override
        public String words() {
            return "unfreeze class " + runnerClass;
        }
    }

    /** A higher limit until it ends by itself. */
    record Boost(Organization organization, int limit, Instant until) implements PolicyEdit {
        public Boost {
            PolicySettings.count("the limit of a boost", limit);
        }

        @Override
        public String words() {
            return "boost " + organization + " to " + limit + " until " + until;
        }
    }

    /** Ends a boost early. */
    record EndBoost(Organization organization) implements PolicyEdit {
        @Override
        public String words() {
            return "end the boost of " + organization;
        }
    }

    /**
     * Takes a pattern off the list of those that get none; if it is not there, puts it on the list
     * of those that get runners. Allowing {@code *} empties that list: everybody may.
     */
    record Allow(OrganizationPattern organizations) implements PolicyEdit {
        @Override
        public String words() {
            return "allow " + organizations;
        }
    }

    /** No runners for these organizations: their new jobs are left alone. */
    record Deny(OrganizationPattern organizations) implements PolicyEdit {
        @Override
        public String words() {
            return "deny " + organizations;
        }
    }

    /** Nothing new anywhere, for maintenance. */
    record Drain() implements PolicyEdit {
        @Override
        public String words() {
            return "drain";
        }
    }

    /** Ends a drain. */
    record Resume() implements PolicyEdit {
        @Override
        public String words() {
            return "resume";
        }
    }

    /**
     * Says everything that a file can say anew: what the file leaves out is left to the functions'
     * settings. Boosts and a drain stay.
     *
     * @param source name of the file
     */
    record Apply(PolicySettings settings, String source) implements PolicyEdit {
        @Override
        public String words() {
            return "apply " + source;
        }
    }

    /**
     * Puts what the deployment brings under what operators have decided already.
     *
     * @param settings only what no operator has said anything about is taken from it
     */
    record Seed(PolicySettings settings) implements PolicyEdit {
        @Override
        public String words() {
            return settings.equals(PolicySettings.NONE) ? "begin" : "begin with the seed";
        }
    }

    /**
     * One organization by its login.
     *
     * @throws IllegalArgumentException for a pattern, or what no login looks like
     */
    static Organization organization(String login) {
        String text = new OrganizationPattern(login).text();
        if (text.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "'" + login + "' is a pattern; name one organization");
        }
        return new Organization(text);
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "as configured";
    }
}
