package org.legoos.kernel.kconfig;

/**
 * One configuration option.
 *
 * @param name without CONFIG_
 * @param defaultValue "y"/"n" for BOOL, decimal for INT, text for STRING
 * @param min smallest INT; @param max largest INT (longest STRING)
 * @param help one line
 */
public record KConfigOption(String name, Type type, String defaultValue, long min, long max, String help) {
    /** Kinds of values. */
    public enum Type { BOOL, INT, STRING }

    /** Throws IllegalArgumentException that says what was expected. */
    void check(String value) {
        switch (type) {
            case BOOL -> {
                if (!value.equals("y") && !value.equals("n")) {
                    throw new IllegalArgumentException("expected y or n, not '" + value + "'");
                }
            }
            case INT -> checkInt(value);
            case STRING -> {
                if (value.length() > max) {
                    throw new IllegalArgumentException("expected at most " + max + " characters");
                }
            }
        }
    }

    private void checkInt(String value) {
        long number;
        try {
            number = Long.decode(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, not '" + value + "'");
        }
        if (number < min || number > max) {
            throw new IllegalArgumentException("expected a number from " + min + " to " + max + ", not " + value);
        }
    }

    String dotConfigLine(String value) {
        return switch (type) {
            case BOOL -> value.equals("y") ? "CONFIG_" + name + "=y" : "# CONFIG_" + name + " is not set";
            case INT -> "CONFIG_" + name + "=" + value;
            case STRING -> "CONFIG_" + name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        };
    }
}
