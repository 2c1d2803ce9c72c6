package org.legoos.emulator.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run of a program left: the two comparable sides of a differential test.
 *
 * @param status as a shell shows it: the exit code, or 128 plus the signal
 */
public record Outcome(int status, String stdout, String stderr) {
    /** Lines that a difference is shown with before it. */
    private static final int CONTEXT_LINES = 2;

    private static final int MOST_LINES = 40;

    public static Outcome of(int status, byte[] stdout, byte[] stderr) {
        return new Outcome(status, new String(stdout, StandardCharsets.ISO_8859_1), new String(stderr, StandardCharsets.ISO_8859_1));
    }

    /** What differs from a native run, as people read it; empty when nothing does. */
    public String differenceFrom(Outcome reference) {
        StringBuilder text = new StringBuilder();
        if (status != reference.status) {
            text.append("exit status: native ").append(reference.status).append(", guest ").append(status).append('\n');
        }
        append(text, "stdout", reference.stdout, stdout);
        append(text, "stderr", reference.stderr, stderr);
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String expected, String actual) {
        if (expected.equals(actual)) {
            return;
        }
        List<String> left = Arrays.asList(expected.split("\n", -1));
        List<String> right = Arrays.asList(actual.split("\n", -1));
        int shorter = Math.min(left.size(), right.size());
        int start = 0;
        while (start < shorter && left.get(start).equals(right.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) {
            end++;
        }
        text.append(name).append(" differs at line ").append(start + 1).append(" (- native, + guest):\n");
        List<String> lines = new ArrayList<>();
        left.subList(Math.max(0, start - CONTEXT_LINES), start).forEach(line -> lines.add("  " + line));
        interleave(lines, left.subList(start, left.size() - end), right.subList(start, right.size() - end));
        lines.stream().limit(MOST_LINES).forEach(line -> text.append(visible(line)).append('\n'));
        if (lines.size() > MOST_LINES) {
            text.append("  ... and ").append(lines.size() - MOST_LINES).append(" more lines\n");
        }
    }

    /** Line by line when both sides have as many; else one side after the other. */
    private static void interleave(List<String> lines, List<String> left, List<String> right) {
        if (left.size() != right.size()) {
            left.stream().limit(MOST_LINES / 2).forEach(line -> lines.add("- " + line));
            right.forEach(line -> lines.add("+ " + line));
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).equals(right.get(i))) {
                lines.add("  " + left.get(i));
            } else {
                lines.add("- " + left.get(i));
                lines.add("+ " + right.get(i));
            }
        }
    }

    private static String visible(String line) {
        StringBuilder text = new StringBuilder();
        line.chars().limit(300).forEach(c -> {
            if (c < ' ' && c != '\t' || c >= 0x7f) {
                text.append(String.format("\\x%02x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }
}
