package dev.jitney.standalone;

import dev.jitney.standalone.doctor.Doctor;
import dev.jitney.standalone.doctor.Finding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Findings, for people and for programs. */
final class Findings {
    private Findings() {}

    /** One line, and one for what to do. */
    static void print(PrintWriter out, String topic, Finding finding) {
        String name = topic.isEmpty() ? "" : "%-14s".formatted(topic);
        String level = finding.level().name();
        String word = finding.isFail() ? level : level.toLowerCase(Locale.ROOT);
        out.println("%s%-5s %s".formatted(name, word, finding.what()));
        if (!finding.todo().isEmpty()) {
            out.println(" ".repeat(name.length() + 6) + "-> " + finding.todo());
        }
        out.flush();
    }

    /**
     * All of them, for people or for programs.
     *
     * @return the exit code: 1 if anything does not work
     */
    static int tell(PrintWriter out, List<Doctor.Result> results, boolean json) {
        if (json) {
            out.println(json(results));
            out.flush();
        } else {
            print(out, results);
        }
        return results.stream().anyMatch(Doctor.Result::isFail) ? 1 : 0;
    }

    /** All of them, a topic once. */
    private static void print(PrintWriter out, List<Doctor.Result> results) {
        for (Doctor.Result result : results) {
            String topic = result.topic();
            for (Finding finding : result.findings()) {
                print(out, topic.isEmpty() ? " " : topic, finding);
                topic = "";
            }
        }
    }

    private static String json(List<Doctor.Result> results) {
        var all = new JsonArray();
        for (Doctor.Result result : results) {
            for (Finding finding : result.findings()) {
                all.add(
                        new JsonObject()
                                .put("topic", result.topic())
                                .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                                .put("what", finding.what())
                                .put("todo", finding.todo()));
            }
        }
        return all.encodePrettily();
    }
}
