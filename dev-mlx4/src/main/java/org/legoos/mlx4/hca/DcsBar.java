package org.legoos.mlx4.hca;

import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Hcr;

/** BAR 0: registers, all of them big-endian words, and the MSI-X structures. Any thread. */
final class DcsBar implements MmioDevice {
    static final int CLR_INT = 0xf00d8;
    static final int ERROR_BUFFER = 0x1f000;
    static final int ERROR_BUFFER_WORDS = 16;
    static final int CLOCK = 0xf1000;
    static final int CLOCK_MHZ = 1000; // counts nanoseconds
    private static final int OWNED = 1;
    private static final int INTERNAL_ERROR = 1;

    private final HcaCore core;
    private final CommandInterface commands;
    private final Clock clock;
    private final Runnable onReset;
    private volatile int errorWord; // first of the error buffer; 0: all is well
    private final AtomicBoolean isOwned = new AtomicBoolean();

    DcsBar(HcaCore core, CommandInterface commands, Clock clock, Runnable onReset) {
        this.core = core;
        this.commands = commands;
        this.clock = clock;
        this.onReset = onReset;
    }

    @Override
    public long read(long offset, int sizeBytes) {
        if (isIn(offset, Dcs.MSIX_TABLE, core.msix.tableBytes())) {
            return core.msix.table().read(offset - Dcs.MSIX_TABLE, sizeBytes);
        }
        if (isIn(offset, Dcs.MSIX_PBA, core.msix.pbaBytes())) {
            return core.msix.pba().read(offset - Dcs.MSIX_PBA, sizeBytes);
        }
        if (sizeBytes != Integer.BYTES || (offset & 3) != 0) {
            core.counters.count(Kind.BAD_REGISTER_ACCESS, offset);
            return -1;
        }
        return Integer.toUnsignedLong(Integer.reverseBytes(readWord((int) offset)));
    }

    private int readWord(int offset) {
        if (isIn(offset, Dcs.HCR, Hcr.SIZE_BYTES)) {
            return commands.read(offset - Dcs.HCR);
        }
        return switch (offset) {
            case Dcs.OWNERSHIP -> isOwned.getAndSet(true) ? OWNED : 0;
            case CLOCK -> (int) (clock.nowNs() >>> Integer.SIZE);
            case CLOCK + 4 -> (int) clock.nowNs();
            case ERROR_BUFFER -> errorWord;
            default -> 0; // the semaphore is free, the rest not connected
        };
    }

    @Override
    public void write(long offset, int sizeBytes, long value) {
        if (isIn(offset, Dcs.MSIX_TABLE, core.msix.tableBytes())) {
            core.msix.table().write(offset - Dcs.MSIX_TABLE, sizeBytes, value);
            return;
        }
        if (sizeBytes != Integer.BYTES || (offset & 3) != 0) {
            core.counters.count(Kind.BAD_REGISTER_ACCESS, offset);
            return;
        }
        int word = Integer.reverseBytes((int) value);
        if (isIn(offset, Dcs.HCR, Hcr.SIZE_BYTES)) {
            commands.write((int) offset - Dcs.HCR, word);
        } else if (offset == Dcs.RESET) {
            if ((word & Dcs.RESET_VALUE) != 0) {
                onReset.run();
            }
        } else if (offset == Dcs.OWNERSHIP) {
            isOwned.set(false);
        } else if (offset == CLR_INT + Integer.BYTES) {
            core.interrupts.clear(word);
        } else if (offset != Dcs.SEMAPHORE && offset != CLR_INT) {
            core.counters.count(Kind.BAD_REGISTER_ACCESS, offset);
        }
    }

    /** Linux and our driver look here every few seconds, and reset the card when there is something. */
    void reportInternalError() {
        errorWord = INTERNAL_ERROR;
    }

    void reset() {
        errorWord = 0;
        isOwned.set(false);
    }

    private static boolean isIn(long offset, int start, int sizeBytes) {
        return offset >= start && offset < start + sizeBytes;
    }
}
