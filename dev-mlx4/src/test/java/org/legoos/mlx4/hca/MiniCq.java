package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.Uar;

/** A completion queue as {@link MiniDriver} keeps it. */
final class MiniCq {
    final MiniDriver driver;
    final int cqn;
    final int logSize;
    final long pa;
    final long dbRecordPa;
    int consumer;
    private int armSn = 1;

    MiniCq(MiniDriver driver, int cqn, int logSize, long pa, long dbRecordPa) {
        this.driver = driver;
        this.cqn = cqn;
        this.logSize = logSize;
        this.pa = pa;
        this.dbRecordPa = dbRecordPa;
    }

    /** The next completion's address, or -1; consumes it. */
    long poll() {
        long at = pa + (long) (consumer & (1 << logSize) - 1) * CqEntry.SIZE_BYTES;
        if (CqEntry.OWNER.get(driver.m, at) != (consumer >> logSize & 1)) {
            return -1;
        }
        consumer++;
        CqDoorbell.RECORD_CONSUMER.set(driver.m, dbRecordPa, consumer);
        return at;
    }

    void arm(int command) {
        long uar = Uar.cqDoorbell(MiniDriver.UAR_PAGE);
        int word = CqDoorbell.SN.of0(armSn) | CqDoorbell.CMD.of0(command) | CqDoorbell.CQN.of0(cqn);
        long wide = (long) word << 32 | consumer & 0xffffff;
        driver.hca.bar(2).write(uar, 8, Long.reverseBytes(wide));
    }

    /** After each event. */
    void nextSn() {
        armSn++;
    }
}
