package org.legoos.managers.processor.fs;

import java.util.Map;

/** What device nodes outside /dev lead to, as in a directory that is to become somebody's root: the files in /dev of the same number. */
final class DeviceNames {
    private static final int MEMORY = 1; // Documentation/admin-guide/devices.txt of Linux
    private static final int TERMINALS = 5;
    private static final int MINOR_BITS = 8;
    private static final Map<Long, String> CHARACTER = Map.of(
            number(MEMORY, 3), "/dev/null",
            number(MEMORY, 5), "/dev/zero",
            number(MEMORY, 7), "/dev/full",
            number(MEMORY, 8), "/dev/random",
            number(MEMORY, 9), "/dev/urandom",
            number(TERMINALS, 0), "/dev/tty",
            number(TERMINALS, 2), "/dev/ptmx");

    private DeviceNames() {}

    private static long number(int major, int minor) {
        return (long) major << MINOR_BITS | minor;
    }

    /** @param type S_IFCHR or another; @param device as st_rdev. @return null when there is none */
    static String of(int type, long device) {
        return type == FileMode.S_IFCHR ? CHARACTER.get(device) : null;
    }
}
