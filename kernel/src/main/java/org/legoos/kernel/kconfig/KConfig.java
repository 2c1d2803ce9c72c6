package org.legoos.kernel.kconfig;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node's configuration: a Kconfig {@code .config} with LegoOS's option names (all with the CONFIG_
 * prefix) and defaults. Values are typed by {@link KConfigOptions}; an option that is not set has its default.
 */
public final class KConfig {
    private final Map<String, String> values;

    KConfig(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** @param name without the CONFIG_ prefix, e.g. "FIT_NR_NODES" */
    public boolean bool(String name) {
        return option(name, KConfigOption.Type.BOOL).equals("y");
    }

    public int integer(String name) {
        return Integer.decode(option(name, KConfigOption.Type.INT));
    }

    public String string(String name) {
        return option(name, KConfigOption.Type.STRING);
    }

    private String option(String name, KConfigOption.Type type) {
        KConfigOption option = KConfigOptions.get(name);
        if (option == null || option.type() != type) {
            throw new IllegalArgumentException("no " + type + " option CONFIG_" + name);
        }
        return values.getOrDefault(name, option.defaultValue());
    }

    /** A copy with one option changed; the value is checked as the parser does. */
    public KConfig with(String name, String value) {
        KConfigOption option = KConfigOptions.get(name);
        if (option == null) {
            String meant = KConfigOptions.similarTo(name);
            throw new IllegalArgumentException("no option CONFIG_" + name + (meant == null ? "" : ": is CONFIG_" + meant + " meant?"));
        }
        option.check(value);
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        clearRivals(changed, name, value);
        return new KConfig(changed);
    }

    /** A member of a choice that is set to y makes the others n. */
    static void clearRivals(Map<String, String> values, String name, String value) {
        if (value.equals("y")) {
            for (String rival : KConfigOptions.rivals(name)) {
                values.put(rival, "n");
            }
        }
    }

    /** All defaults. */
    public static KConfig defaults() {
        return new KConfig(Map.of());
    }

    /** The options that differ from nothing: every known option with its value, in table order, as .config text. */
    public String toDotConfig() {
        StringBuilder text = new StringBuilder("#\n# LegoOS kernel configuration\n#\n");
        for (KConfigOption option : KConfigOptions.all()) {
            String value = values.getOrDefault(option.name(), option.defaultValue());
            text.append(option.dotConfigLine(value)).append('\n');
        }
        return text.toString();
    }
}
