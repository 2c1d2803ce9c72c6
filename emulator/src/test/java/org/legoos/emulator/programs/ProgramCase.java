package org.legoos.emulator.programs;

import java.util.List;

/**
 * One run of a program of usr/.
 *
 * @param program the name of a file below usr/
 */
record ProgramCase(String program, List<String> arguments, byte[] stdin) {
    private static final byte[] NOTHING = {};

    /** A program and its arguments as on a command line, without quoting. */
    static ProgramCase of(String commandLine) {
        return of(commandLine, NOTHING);
    }

    static ProgramCase of(String commandLine, byte[] stdin) {
        List<String> words = List.of(commandLine.split(" "));
        return new ProgramCase(words.getFirst(), words.subList(1, words.size()), stdin);
    }

    String name() {
        return program + (arguments.isEmpty() ? "" : " " + String.join(" ", arguments)) + (stdin.length > 0 ? " < " + stdin.length + " bytes" : "");
    }
}
