package dev.jitney.core;

import java.util.OptionalInt;

/** How many runners the cluster may have where operators have said nothing. */
public sealed interface Capacity {
    /**
     * The number that holds now.
     *
     * @param room how many the nodes can hold; empty while nobody has looked
     */
    int of(OptionalInt room);

    /** Always the same number. */
    record Fixed(int runners) implements Capacity {
        public Fixed {
            count("capacity", runners);
        }

        @Override
        public int of(OptionalInt room) {
            return runners;
        }
    }

    /**
     * What the nodes can hold and a little more: the pods beyond it stay pending, and an autoscaler
     * makes nodes for them.
     *
     * @param headroom runners more than the nodes can hold; 0 where no autoscaler adds nodes
     * @param most never more than this
     */
    record Auto(int headroom, int most) implements Capacity {
        public Auto {
            count("headroom", headroom);
            count("the most", most);
        }

        @Override
        public int of(OptionalInt room) {
            return (int) Math.min(most, (long) room.orElse(0) + headroom);
        }
    }

    private static void count(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is negative: " + value);
        }
    }
}
