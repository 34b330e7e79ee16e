package dev.jitney.standalone.doctor;

/**
 * What one look has found.
 *
 * @param level how bad it is
 * @param what is the case, in plain words
 * @param todo what to do about it; empty if nothing
 */
public record Finding(Level level, String what, String todo) {

    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but not for ever or not in every case. */
        WARN,
        /** Does not work. */
        FAIL
    }

    public static Finding ok(String what) {
        return new Finding(Level.OK, what, "");
    }

    public static Finding warn(String what, String todo) {
        return new Finding(Level.WARN, what, todo);
    }

    public static Finding fail(String what, String todo) {
        return new Finding(Level.FAIL, what, todo);
    }

    public boolean isFail() {
        return level == Level.FAIL;
    }
}
