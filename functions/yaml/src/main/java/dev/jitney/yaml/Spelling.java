package dev.jitney.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What to write instead of a word that is not known. */
final class Spelling {
    /** More than fit into a message are not listed. */
    private static final int LISTED_MAX = 16;

    private Spelling() {}

    static String advice(String word, List<String> known) {
        int far = word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
        return known.stream()
                .filter(each -> distance(word, each) <= far)
                .min(Comparator.comparingInt(each -> distance(word, each)))
                .map(each -> "did you mean " + each + "?")
                .orElseGet(
                        () ->
                                known.size() > LISTED_MAX
                                        ? "there is no such field here"
                                        : "write " + choice(known));
    }

    /** The words as {@code a, b or c}. */
    static String choice(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    /** Letters to add, take away or change (Levenshtein), whatever their case. */
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
