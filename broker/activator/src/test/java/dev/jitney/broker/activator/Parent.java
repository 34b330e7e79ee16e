package dev.jitney.broker.activator;

import java.nio.file.Path;

/** A JVM that starts one function and then waits to be killed. */
public final class Parent {
    private Parent() {}

    /** Prints the process id of the function once it answers. */
    public static void main(String[] arguments) throws Exception {
        try (Serving serving = new Serving(Path.of(arguments[0]), "{}", "", timing -> timing)) {
            System.out.println("pid=" + Serving.pid(serving.get("/fn/x")));
            Thread.currentThread().join();
        }
    }
}
