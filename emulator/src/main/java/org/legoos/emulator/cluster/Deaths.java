package org.legoos.emulator.cluster;

/** What a shell says of a child that a signal killed (strsignal(3)); deaths by SIGINT and SIGPIPE are no news. */
public final class Deaths {
    private Deaths() {}

    /** Null when it is no news, or for 0. */
    public static String describe(int signal) {
        return switch (signal) {
            case 3 -> "Quit";
            case 4 -> "Illegal instruction";
            case 5 -> "Trace/breakpoint trap";
            case 6 -> "Aborted";
            case 7 -> "Bus error";
            case 8 -> "Floating point exception";
            case 9 -> "Killed";
            case 11 -> "Segmentation fault";
            case 24 -> "CPU time limit exceeded";
            case 25 -> "File size limit exceeded";
            case 31 -> "Bad system call";
            default -> null;
        };
    }
}
