package dev.jitney.broker.dispatcher.log;

import java.nio.file.Path;
import java.util.Locale;

/** One file of the log, and how many deliveries its events still owe. */
final class Segment {
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";

    private final Path file;
    private long size;
    private int owed;

    Segment(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    static Path file(Path directory, long number) {
        return directory.resolve(String.format(Locale.ROOT, "%s%012d%s", PREFIX, number, SUFFIX));
    }

    static boolean isSegment(Path file) {
        return String.valueOf(file.getFileName()).matches(PREFIX + "[0-9]{12}" + SUFFIX);
    }

    long number() {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    void size(long bytes) {
        size = bytes;
    }

    void owe(int deliveries) {
        owed += deliveries;
    }

    boolean owesNothing() {
        return owed == 0;
    }
}
