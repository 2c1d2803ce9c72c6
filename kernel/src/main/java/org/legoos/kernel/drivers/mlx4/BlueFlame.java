package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.mlx4.prm.Uar;

/**
 * A BlueFlame register: a small WQE that is written there is a doorbell and the WQE at once, so that a card on a bus need
 * not fetch it (rdma-core, mlx4_post_send). Its two halves take turns. Nobody waits for a register: the card may run on
 * the thread that writes it, and whoever finds it in use rings the doorbell instead.
 */
final class BlueFlame {
    /** Registers take whole lines. */
    static final int LINE_BYTES = 64;

    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final Mmio uar;
    private final long registerAt;
    private final int halfBytes;
    private final AtomicBoolean isInUse = new AtomicBoolean();
    private int half; // of who has it in use

    /** @param index of the register in the driver's page */
    BlueFlame(Mmio uar, long uarAreaBytes, int registerBytes, int index) {
        this.uar = uar;
        halfBytes = registerBytes / 2;
        registerAt = uarAreaBytes + ((long) Mlx4Device.UAR_PAGE << Uar.PAGE_SHIFT) + (long) index * registerBytes;
    }

    boolean takes(int wqeBytes) {
        return wqeBytes <= halfBytes;
    }

    /** Writes a WQE that is complete in memory, in ascending order. @return false when the register is in use */
    boolean write(MemorySegment memory, long wqe) {
        if (!isInUse.compareAndSet(false, true)) {
            return false;
        }
        long to = registerAt + half;
        half ^= halfBytes;
        int wqeBytes = SendWqe.lineBytes(memory, wqe);
        for (int at = 0; at < wqeBytes; at += Long.BYTES) {
            uar.write64Be(to + at, memory.get(BE64, wqe + at));
        }
        isInUse.set(false);
        return true;
    }
}
