package dev.jitney.standalone.install;

import dev.jitney.classes.ClassFile;
import dev.jitney.classes.ClassesRefused;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of runner classes with the private authority of GHES in its defaults. Lines are added to
 * the text as it was written, so that its comments stay.
 */
public final class TrustingClasses {
    private static final String CA = "ca: {configMap: " + SiteSecrets.AUTHORITY + "}";

    private TrustingClasses() {}

    /**
     * The text with the authority, or as it was if its defaults name one.
     *
     * @throws IllegalArgumentException if the text is written so that it cannot be added
     */
    public static String of(String text) {
        if (hasAuthority(text)) {
            return text;
        }
        String trusting = added(text.lines().toList());
        if (!hasAuthority(trusting)) {
            throw new IllegalArgumentException(
                    "--classes: runners have to trust what --ca-file holds; write '"
                            + CA
                            + "' into its defaults");
        }
        return trusting;
    }

    private static boolean hasAuthority(String text) {
        try {
            return ClassFile.read("classes", text).defaults().find("ca").isPresent();
        } catch (ClassesRefused notAnyMore) {
            return false;
        }
    }

    private static String added(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        int defaults = 0;
        while (defaults < lines.size() && !lines.get(defaults).matches("defaults:\\s*(#.*)?")) {
            defaults++;
        }
        if (defaults < lines.size()) {
            all.add(defaults + 1, indentation(lines.subList(defaults + 1, lines.size())) + CA);
        } else {
            all.add("defaults:");
            all.add("  " + CA);
        }
        return String.join("\n", all) + "\n";
    }

    /** That of what follows, or two columns. */
    private static String indentation(List<String> following) {
        return following.stream()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .findFirst()
                .map(line -> line.substring(0, line.length() - line.stripLeading().length()))
                .filter(indentation -> !indentation.isEmpty())
                .orElse("  ");
    }
}
