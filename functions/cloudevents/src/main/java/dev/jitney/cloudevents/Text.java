package dev.jitney.cloudevents;

/** Text from outside, made harmless for logs and HTTP. */
final class Text {
    private Text() {}

    /** Cuts the text, and puts a space in place of each control character. */
    static String line(String text, int charactersMax) {
        var line = new StringBuilder(Math.min(text.length(), charactersMax));
        for (int i = 0; i < text.length() && line.length() < charactersMax; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return line.toString();
    }
}
