package org.legoos.emulator.cluster;

import java.nio.charset.StandardCharsets;

/**
 * What a program left behind.
 *
 * @param status as the shell shows it: the exit code, or 128 plus the signal
 */
public record RunResult(int status, byte[] outBytes, byte[] errBytes) {
    public String stdout() {
        return new String(outBytes, StandardCharsets.UTF_8);
    }

    public String stderr() {
        return new String(errBytes, StandardCharsets.UTF_8);
    }
}
