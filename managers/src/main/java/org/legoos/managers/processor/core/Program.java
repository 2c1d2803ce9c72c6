package org.legoos.managers.processor.core;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.legoos.managers.processor.fs.Execution;

/**
 * What a process runs, as /proc/self shows it. Paths and arguments are bytes in Linux; as Java strings they
 * are Latin-1, one character a byte, everywhere in the processor manager.
 *
 * @param file the ELF file, null before the first one
 * @param argv arguments
 * @param envp environment
 * @param entryVa first instruction
 * @param stackVa where argc lay when it started
 */
public record Program(Execution file, List<byte[]> argv, List<byte[]> envp, long entryVa, long stackVa) {
    /** TASK_COMM_LEN - 1. */
    public static final int COMM_LENGTH_MAX = 15;

    private static final String DELETED = " (deleted)";

    public static final Program NONE = new Program(null, List.of(), List.of(), 0, 0);

    /** Normalised path of the ELF file as it is called now, as /proc/PID/exe shows it; empty before the first one. */
    public String exePath() {
        return file == null ? "" : file.shownPath();
    }

    /** As {@link #exePath}, without the remark that it has no name any more. */
    String fileName() {
        String path = exePath();
        return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    }

    /** The command name that execve(2) gives: the last part of the path, cut. */
    public static String commOf(String path) {
        String base = path.substring(path.lastIndexOf('/') + 1);
        return base.length() > COMM_LENGTH_MAX ? base.substring(0, COMM_LENGTH_MAX) : base;
    }

    public static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
