package dev.jitney.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything this process logs, at any level, while it is open. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.jitney");
    private final StringWriter lines = new StringWriter();

    private LogLines() {
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
    }

    public static LogLines ofEverything() {
        LogLines lines = new LogLines();
        lines.root.addHandler(lines);
        lines.ours.setLevel(Level.ALL);
        return lines;
    }

    @Override
    public synchronized void publish(LogRecord logged) {
        var writer = new PrintWriter(lines);
        writer.println(getFormatter().format(logged));
        writer.flush();
    }

    /** All lines so far, with stack traces. */
    public synchronized String text() {
        return lines.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        ours.setLevel(null);
    }
}
