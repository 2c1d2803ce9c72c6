package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.SrqContext;
import org.legoos.mlx4.prm.SrqNextSegment;

/** A shared receive queue of 64 entries as {@link MiniDriver} keeps it. */
final class MiniSrq {
    static final int STRIDE = 64;
    private static final int LOG_SIZE = 6;

    final MiniDriver driver;
    final int srqn;
    private final long ring;
    private final long record;
    private int posted;

    /** @param xrcCq completions of an XRC queue; null for an ordinary one */
    MiniSrq(MiniDriver driver, int srqn, MiniCq xrcCq, int xrcDomain, int pd) {
        this.driver = driver;
        this.srqn = srqn;
        ring = driver.alloc(STRIDE << LOG_SIZE);
        record = driver.alloc(MiniDriver.PAGE);
        for (int i = 0; i < 1 << LOG_SIZE; i++) {
            SrqNextSegment.NEXT_WQE_INDEX.set(driver.m, at(i), i + 1 & (1 << LOG_SIZE) - 1);
        }
        long offset = driver.mtt(ring, STRIDE << LOG_SIZE);
        driver.clearIn();
        SrqContext.LOG_SRQ_SIZE.set(driver.m, driver.inBox, LOG_SIZE);
        SrqContext.LOG_STRIDE.set(driver.m, driver.inBox, 2);
        SrqContext.PD.set(driver.m, driver.inBox, pd);
        SrqContext.XRC_CQN.set(driver.m, driver.inBox, xrcCq == null ? 0 : xrcCq.cqn);
        SrqContext.XRC_DOMAIN.set(driver.m, driver.inBox, xrcDomain);
        SrqContext.MTT_BASE.set(driver.m, driver.inBox, offset);
        SrqContext.DB_RECORD.set(driver.m, driver.inBox, record);
        driver.must(Opcode.SW2HW_SRQ, srqn, 0, driver.inBox, 0);
    }

    private long at(int index) {
        return ring + (long) (index & (1 << LOG_SIZE) - 1) * STRIDE;
    }

    void post(int key, long va, int length) {
        long at = at(posted++) + SrqNextSegment.SIZE_BYTES;
        DataSegment.COUNT_WORD.set(driver.m, at, length);
        DataSegment.LKEY.set(driver.m, at, key);
        DataSegment.ADDRESS.set(driver.m, at, va);
        DataSegment.COUNT_WORD.set(driver.m, at + 16, 0);
        DataSegment.LKEY.set(driver.m, at + 16, MemKey.INVALID_LKEY);
        RqDoorbell.POSTED.set(driver.m, record, posted);
    }
}
