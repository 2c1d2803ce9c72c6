package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.DevCap;
import org.legoos.mlx4.prm.DevCapFlags;
import org.legoos.mlx4.prm.Uar;

/** What the driver keeps of QUERY_DEV_CAP ({@code blueFlameBytes} 0: has none). Reserved numbers are those below which firmware has its own objects. */
record DeviceCaps(
        int reservedQps,
        int reservedSrqs,
        int reservedCqs,
        int reservedEqs,
        int reservedMpts,
        int reservedMtts,
        int reservedPds,
        int maxPds,
        int maxQpWqes,
        int maxCqes,
        int maxSendSge,
        int maxReceiveSge,
        int maxSendDescriptorBytes,
        int logMaxMessage,
        int portCount,
        long uarAreaBytes,
        long maxIcmBytes,
        int logMinPageSize,
        int systemEqs,
        int blueFlameBytes,
        long flags,
        EntrySizes entries) {

    /** Bytes of an entry of each ICM table. */
    record EntrySizes(int qpc, int altc, int auxc, int rdmarc, int srqc, int cqc, int eqc, int mtt, int dmpt, int cmpt) {}

    static DeviceCaps of(MemorySegment box, long at) {
        int reservedUars = 1 << DevCap.LOG_RSVD_UAR.get(box, at);
        int systemEqs = DevCap.NUM_SYS_EQ.get(box, at);
        int reservedEqs = Math.max(1 << DevCap.LOG_RSVD_EQ.get(box, at), Uar.EQS_PER_PAGE * reservedUars);
        return new DeviceCaps(
                1 << DevCap.LOG_RSVD_QP.get(box, at),
                1 << DevCap.LOG_RSVD_SRQ.get(box, at),
                1 << DevCap.LOG_RSVD_CQ.get(box, at),
                reservedEqs,
                1 << DevCap.LOG_RSVD_MPT.get(box, at),
                1 << DevCap.LOG_RSVD_MTT.get(box, at),
                1 << DevCap.LOG_RSVD_PD.get(box, at),
                1 << DevCap.LOG_MAX_PD.get(box, at),
                1 << DevCap.LOG_MAX_QP_SZ.get(box, at),
                (1 << DevCap.LOG_MAX_CQ_SZ.get(box, at)) - 1,
                DevCap.MAX_SG_SQ.get(box, at),
                DevCap.MAX_SG_RQ.get(box, at),
                DevCap.MAX_DESC_SZ_SQ.get(box, at),
                DevCap.LOG_MAX_MSG.get(box, at),
                DevCap.NUM_PORTS.get(box, at),
                1L << 20 + DevCap.LOG_UAR_MIB.get(box, at),
                DevCap.MAX_ICM_SZ.get(box, at),
                DevCap.LOG_MIN_PAGE_SZ.get(box, at),
                systemEqs,
                DevCap.BLUE_FLAME.isSet(box, at) ? 1 << DevCap.LOG_BF_REG_SZ.get(box, at) : 0,
                DevCap.FLAGS.get(box, at),
                entrySizes(box, at));
    }

    private static EntrySizes entrySizes(MemorySegment box, long at) {
        return new EntrySizes(
                DevCap.QPC_ENTRY_SZ.get(box, at),
                DevCap.ALTC_ENTRY_SZ.get(box, at),
                DevCap.AUXC_ENTRY_SZ.get(box, at),
                DevCap.RDMARC_ENTRY_SZ.get(box, at),
                DevCap.SRQC_ENTRY_SZ.get(box, at),
                DevCap.CQC_ENTRY_SZ.get(box, at),
                DevCap.EQC_ENTRY_SZ.get(box, at),
                DevCap.MTT_ENTRY_SZ.get(box, at),
                DevCap.DMPT_ENTRY_SZ.get(box, at),
                DevCap.CMPT_ENTRY_SZ.get(box, at));
    }

    boolean checksAvPort() {
        return (flags & DevCapFlags.UD_AV_PORT) != 0;
    }
}
