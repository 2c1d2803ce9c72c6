package org.legoos.emulator.cli;

/** Ends the JVM. */
final class Exit {
    private Exit() {}

    /** Without waiting for daemon threads; shutdown hooks run. */
    static void now(int status) {
        System.out.flush();
        System.err.flush();
        System.exit(status);
    }
}
