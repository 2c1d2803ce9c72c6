package org.legoos.emulator.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What two real programs said to each other.
 *
 * @param isCaller whether the end that called sent it
 */
public record RecordedExchange(boolean isCaller, byte[] bytes) {
    /** By the programs' command lines. */
    public static Map<String, List<RecordedExchange>> all() throws IOException {
        Map<String, List<RecordedExchange>> found = new LinkedHashMap<>();
        List<RecordedExchange> current = null;
        try (InputStream in = RecordedExchange.class.getResourceAsStream("/perftest/exchanges.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (line.startsWith("== ")) {
                    current = new ArrayList<>();
                    found.put(line.substring(3), current);
                } else if (!line.startsWith("#") && current != null) {
                    current.add(new RecordedExchange(line.charAt(0) == '>', HexFormat.of().parseHex(line.substring(2))));
                }
            }
        }
        return found;
    }
}
