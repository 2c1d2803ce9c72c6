package org.legoos.kernel.syscall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names, values and state of system call flags, read from flags.tbl beside this class (its form is described there). */
public final class FlagTable {
    private static final Map<ArgKind, FlagKind> ALL = load();

    private FlagTable() {}

    /** The flags of a kind of argument, or null for kinds that have none. */
    public static FlagKind of(ArgKind kind) {
        return ALL.get(kind);
    }

    public static Collection<FlagKind> all() {
        return ALL.values();
    }

    private static Map<ArgKind, FlagKind> load() {
        Map<ArgKind, FlagKind> all = new EnumMap<>(ArgKind.class);
        try (InputStream in = FlagTable.class.getResourceAsStream("flags.tbl");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            List<String> paragraph = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != ' ' && line.charAt(0) != '#') {
                    add(all, paragraph);
                    paragraph.clear();
                }
                if (!line.isBlank() && line.charAt(0) != '#') {
                    paragraph.add(line.strip());
                }
            }
            add(all, paragraph);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static void add(Map<ArgKind, FlagKind> all, List<String> paragraph) {
        if (paragraph.isEmpty()) {
            return;
        }
        String[] head = paragraph.getFirst().split(" ");
        String zero = head.length > 2 ? head[2].substring("zero=".length()) : "";
        List<FlagKind.Flag> flags = new ArrayList<>();
        FlagKind kind = new FlagKind(head[0], head[1].equals("codes"), zero, flags);
        for (String line : paragraph.subList(1, paragraph.size())) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "field" -> {
                    for (int i = 2; i < words.length; i++) {
                        flags.add(flag(words[i], Long.decode(words[1]), ""));
                    }
                }
                case "number" -> kind.number(Long.decode(words[1]));
                case "only" -> kind.only(words[1], Set.of(words));
                default -> flags.add(line.startsWith("-")
                        ? flag(words[0].substring(1), head[1].equals("codes") ? -1 : 0, line.substring(words[0].length() + 1))
                        : flag(words[0], head[1].equals("codes") ? -1 : 0, ""));
            }
        }
        all.put(ArgKind.valueOf(head[0].toUpperCase(Locale.ROOT)), kind);
    }

    /** @param mask of its field, -1 for a code, 0 for a flag that stands in its own bits */
    private static FlagKind.Flag flag(String nameAndValue, long mask, String why) {
        int equals = nameAndValue.indexOf('=');
        long value = Long.decode(nameAndValue.substring(equals + 1));
        return new FlagKind.Flag(nameAndValue.substring(0, equals), mask == 0 ? value : mask, value, why);
    }
}
