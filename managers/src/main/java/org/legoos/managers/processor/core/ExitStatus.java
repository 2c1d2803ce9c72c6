package org.legoos.managers.processor.core;

/**
 * How a process ended, as wait(2) encodes it: bits 15..8 exit code, bits 6..0 signal, bit 7 core dumped.
 *
 * @param waitStatus the encoded word
 */
public record ExitStatus(int waitStatus) {
    private static final int CORE_DUMPED = 0x80;

    public static ExitStatus exited(int code) {
        return new ExitStatus((code & 0xff) << 8);
    }

    public static ExitStatus killed(int signal) {
        return new ExitStatus(signal & 0x7f);
    }

    /** @param isDumped whether it has left a core file */
    public static ExitStatus killed(int signal, boolean isDumped) {
        return new ExitStatus(signal & 0x7f | (isDumped ? CORE_DUMPED : 0));
    }

    public boolean isSignaled() {
        return signal() != 0;
    }

    public int signal() {
        return waitStatus & 0x7f;
    }

    /** The exit code, when not killed by a signal. */
    public int code() {
        return waitStatus >>> 8 & 0xff;
    }

    /** What a shell shows in $?: the code, or 128 + signal. */
    public int shellCode() {
        return isSignaled() ? 128 + signal() : code();
    }
}
