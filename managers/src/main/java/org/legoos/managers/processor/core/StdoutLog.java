package org.legoos.managers.processor.core;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.kernel.printk.Printk;

/**
 * Shows on the kernel log what a program prints, in the original's form:
 * {@code STDOUT: ---[}, the text, {@code ]---}. Batched, and bounded for each process so that a program
 * that prints for ever does not fill the serial log.
 */
public final class StdoutLog {
    /** One block: what the original's buffer held. */
    private static final int BLOCK_BYTES = 4096;

    /** Per process. */
    private static final int TOTAL_BYTES_MAX = 64 << 10;

    private final Printk log;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(); // guarded by this
    private int totalBytes; // guarded by this

    public StdoutLog(Printk log) {
        this.log = log;
    }

    /** Takes what was written; only what still fits into the process's share is kept. */
    public synchronized void write(MemorySegment from, long at, int lengthBytes) {
        int room = TOTAL_BYTES_MAX - totalBytes;
        if (room <= 0) {
            return;
        }
        int taken = Math.min(room, lengthBytes);
        for (int i = 0; i < taken; i++) {
            block.write(from.get(ValueLayout.JAVA_BYTE, at + i));
            if (block.size() == BLOCK_BYTES) {
                flush();
            }
        }
        totalBytes += taken;
        if (totalBytes == TOTAL_BYTES_MAX) {
            flush();
            log.info("STDOUT: more output of this process is not logged");
        }
    }

    /** Prints what has gathered: at exit and at each full block. */
    public synchronized void flush() {
        if (block.size() == 0) {
            return;
        }
        String text = block.toString(StandardCharsets.UTF_8);
        block.reset();
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c == '\n' || c == '\t' || c >= ' ' && c != 0x7f ? c : '.');
        }
        String shown = clean.toString();
        log.info("%s", "STDOUT: ---[\n" + (shown.endsWith("\n") ? shown : shown + "\n") + "]---");
    }
}
