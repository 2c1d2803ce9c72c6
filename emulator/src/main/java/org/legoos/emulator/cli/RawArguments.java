package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as bytes: Java's strings lose what is not text in the host's encoding, programs shall not. */
final class RawArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private RawArguments() {}

    /** The last words of this process's command line, or null when it cannot be read. */
    static List<byte[]> last(int count) {
        try {
            return last(Files.readAllBytes(COMMAND_LINE), count);
        } catch (IOException e) {
            return null;
        }
    }

    /** @param commandLine words, each with a NUL behind it */
    static List<byte[]> last(byte[] commandLine, int count) {
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(java.util.Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return words.size() < count ? null : new ArrayList<>(words.subList(words.size() - count, words.size()));
    }
}
