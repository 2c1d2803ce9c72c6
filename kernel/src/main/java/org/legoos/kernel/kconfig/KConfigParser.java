package org.legoos.kernel.kconfig;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .config} text: lines {@code CONFIG_NAME=value}, {@code # CONFIG_NAME is not set}, comments and
 * blank lines. An option that we do not know is passed over (the original has many that mean
 * nothing here), unless it looks like one of ours with a slip of the pen; a bad value, a malformed line or an option set twice is an
 * error with file, line and what was expected.
 */
public final class KConfigParser {
    private static final Pattern SET = Pattern.compile("CONFIG_([A-Za-z0-9_]+)=(.*)");
    private static final Pattern UNSET = Pattern.compile("# CONFIG_([A-Za-z0-9_]+) is not set");

    private KConfigParser() {}

    /** The configuration was refused; the message is one line: file, line, what was expected. */
    public static final class KConfigException extends Exception {
        KConfigException(String fileName, int line, String message) {
            super(fileName + ":" + line + ": " + message);
        }
    }

    /** @param fileName for messages; @param text the file's content */
    public static KConfig parse(String fileName, String text) throws KConfigException {
        Map<String, String> values = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            parseLine(fileName, i + 1, lines[i].strip(), values);
        }
        Map<String, String> complete = new LinkedHashMap<>(values);
        values.forEach((name, value) -> KConfig.clearRivals(complete, name, value));
        return new KConfig(complete);
    }

    private static void parseLine(String fileName, int number, String line, Map<String, String> values) throws KConfigException {
        Matcher unset = UNSET.matcher(line);
        if (unset.matches()) {
            store(fileName, number, unset.group(1), "n", values);
            return;
        }
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher set = SET.matcher(line);
        if (!set.matches()) {
            throw new KConfigException(fileName, number, "expected CONFIG_NAME=value, '# CONFIG_NAME is not set' or a comment");
        }
        store(fileName, number, set.group(1), set.group(2), values);
    }

    private static void store(String fileName, int number, String name, String raw, Map<String, String> values) throws KConfigException {
        KConfigOption option = KConfigOptions.get(name);
        if (option == null) {
            String meant = KConfigOptions.similarTo(name);
            if (meant != null) {
                throw new KConfigException(fileName, number, "no option CONFIG_" + name + ": is CONFIG_" + meant + " meant?");
            }
            return;
        }
        String value = option.type() == KConfigOption.Type.STRING ? unquote(fileName, number, name, raw) : raw;
        try {
            option.check(value);
        } catch (IllegalArgumentException e) {
            throw new KConfigException(fileName, number, "CONFIG_" + name + ": " + e.getMessage());
        }
        if (value.equals("y")) {
            for (String rival : KConfigOptions.rivals(name)) {
                if ("y".equals(values.get(rival))) {
                    throw new KConfigException(fileName, number, "CONFIG_" + name + " and CONFIG_" + rival + " exclude each other");
                }
            }
        }
        if (values.put(name, value) != null) {
            throw new KConfigException(fileName, number, "CONFIG_" + name + " is set a second time");
        }
    }

    private static String unquote(String fileName, int number, String name, String raw) throws KConfigException {
        if (raw.equals("n")) {
            return "";
        }
        if (raw.length() < 2 || raw.charAt(0) != '"' || raw.charAt(raw.length() - 1) != '"') {
            throw new KConfigException(fileName, number, "CONFIG_" + name + ": expected text in double quotes");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < raw.length() - 1; i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length() - 1) {
                c = raw.charAt(++i);
            }
            text.append(c);
        }
        return text.toString();
    }
}
