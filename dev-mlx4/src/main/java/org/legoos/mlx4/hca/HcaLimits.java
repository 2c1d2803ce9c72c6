package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.DevCap;
import org.legoos.mlx4.prm.DevCapFlags;

/** What the card can do, as QUERY_DEV_CAP says it and as commands enforce it. */
final class HcaLimits {
    static final int LOG_MAX_QP = 24;
    static final int LOG_RSVD_QP = 6;
    static final int LOG_MAX_QP_SZ = 14;
    static final int LOG_MAX_SRQ = 24;
    static final int LOG_RSVD_SRQ = 6;
    static final int LOG_MAX_SRQ_SZ = 14;
    static final int LOG_MAX_CQ = 24;
    static final int LOG_RSVD_CQ = 7;
    static final int LOG_MAX_CQ_SZ = 22;
    static final int LOG_MAX_EQ = 7;
    static final int LOG_RSVD_EQ = 2;
    static final int LOG_MAX_EQ_SZ = 22;
    static final int LOG_MAX_MPT = 24;
    static final int LOG_RSVD_MPT = 4;
    static final int LOG_MAX_MTT = 30;
    static final int LOG_RSVD_MTT = 4;
    static final int LOG_MAX_MSG = 30;
    static final int LOG_MAX_RDMA = 7;
    static final int MAX_SG_SQ = 62;
    static final int MAX_DESC_BYTES_SQ = 1008;
    static final int MAX_SG_RQ = 32;
    static final int MAX_DESC_BYTES_RQ = 512;
    static final int RESERVED_LKEY = 0x500;
    static final long MAX_ICM_BYTES = 1L << 44;
    static final int LOG_GIDS = 7;
    static final int LOG_PKEYS = 7;
    static final int LOG_MAX_MCG = 24;
    static final int LOG_MIN_MCG_BYTES = 6;
    static final int LOG_MAX_MCG_BYTES = 12; // a mailbox
    static final int QPC_BYTES = 256;
    static final int MTT_BYTES = 8;
    static final int DMPT_BYTES = 64;

    /** Objects that may be live at a time; below the table sizes, so that a hostile driver cannot fill the host. */
    static final int MAX_LIVE_QPS = 1 << 16;
    static final int MAX_LIVE_CQS = 1 << 16;
    static final int MAX_LIVE_SRQS = 1 << 14;
    static final int MAX_LIVE_MCGS = 1 << 14;
    /** Blocks in the ICM map: 2^18 of the 256 KiB that Linux uses make 64 GiB. */
    static final int MAX_ICM_BLOCKS = 1 << 18;

    private HcaLimits() {}

    static void write(MemorySegment m, int portCount, boolean hasBlueFlame) {
        writeQueues(m);
        writeMemory(m);
        DevCap.LOG_MAX_SRA.set(m, 0, LOG_MAX_RDMA);
        DevCap.LOG_MAX_RRA.set(m, 0, 4);
        DevCap.LOG_MAX_RDMA_RESOURCES.set(m, 0, 0x16);
        DevCap.LOCAL_CA_ACK_DELAY.set(m, 0, 0x0f);
        DevCap.OLD_MAX_MTU.set(m, 0, 5);
        DevCap.OLD_PORT_WIDTH.set(m, 0, 3);
        DevCap.NUM_PORTS.set(m, 0, portCount);
        DevCap.LOG_MAX_MSG.set(m, 0, LOG_MAX_MSG);
        DevCap.OLD_LOG_MAX_GID.set(m, 0, LOG_GIDS);
        DevCap.OLD_LOG_MAX_PKEY.set(m, 0, LOG_PKEYS);
        DevCap.STATIC_RATES.set(m, 0, 0xffff);
        DevCap.FLAGS.set(m, 0, DevCapFlags.RC | DevCapFlags.UC | DevCapFlags.UD | DevCapFlags.XRC | DevCapFlags.SRQ
                | DevCapFlags.BAD_PKEY_CNTR | DevCapFlags.BAD_QKEY_CNTR | DevCapFlags.MEM_WINDOW | DevCapFlags.ATOMIC
                | DevCapFlags.UD_AV_PORT | DevCapFlags.UD_MCAST
                | DevCapFlags.PORT_MNG_CHG_EV);
        DevCap.LOG_RSVD_UAR.set(m, 0, 1);
        DevCap.LOG_UAR_MIB.set(m, 0, 2);
        DevCap.LOG_MIN_PAGE_SZ.set(m, 0, 12);
        if (hasBlueFlame) {
            DevCap.BLUE_FLAME.set(m, 0, 1);
            DevCap.LOG_BF_REG_SZ.set(m, 0, 9);
            DevCap.LOG_BF_REGS_PER_PAGE.set(m, 0, 3);
            DevCap.LOG_MAX_BF_PAGES.set(m, 0, 10);
        }
        DevCap.LOG_MAX_QP_PER_MCG.set(m, 0, 8);
        DevCap.LOG_MAX_MCG.set(m, 0, LOG_MAX_MCG);
        DevCap.LOG_RSVD_PD.set(m, 0, 4);
        DevCap.LOG_MAX_PD.set(m, 0, 0x17);
        DevCap.LOG_MAX_XRCD.set(m, 0, 0x10);
    }

    private static void writeQueues(MemorySegment m) {
        DevCap.LOG_MAX_SRQ_SZ.set(m, 0, LOG_MAX_SRQ_SZ);
        DevCap.LOG_MAX_QP_SZ.set(m, 0, LOG_MAX_QP_SZ);
        DevCap.LOG_RSVD_QP.set(m, 0, LOG_RSVD_QP);
        DevCap.LOG_MAX_QP.set(m, 0, LOG_MAX_QP);
        DevCap.LOG_RSVD_SRQ.set(m, 0, LOG_RSVD_SRQ);
        DevCap.LOG_MAX_SRQ.set(m, 0, LOG_MAX_SRQ);
        DevCap.LOG_MAX_SCHED_QUEUE.set(m, 0, 4);
        DevCap.LOG_MAX_CQ_SZ.set(m, 0, LOG_MAX_CQ_SZ);
        DevCap.LOG_RSVD_CQ.set(m, 0, LOG_RSVD_CQ);
        DevCap.LOG_MAX_CQ.set(m, 0, LOG_MAX_CQ);
        DevCap.LOG_MAX_EQ_SZ.set(m, 0, LOG_MAX_EQ_SZ);
        DevCap.LOG_RSVD_EQ.set(m, 0, LOG_RSVD_EQ);
        DevCap.LOG_MAX_EQ.set(m, 0, LOG_MAX_EQ);
        DevCap.MAX_SG_SQ.set(m, 0, MAX_SG_SQ);
        DevCap.MAX_DESC_SZ_SQ.set(m, 0, MAX_DESC_BYTES_SQ);
        DevCap.MAX_SG_RQ.set(m, 0, MAX_SG_RQ);
        DevCap.MAX_DESC_SZ_RQ.set(m, 0, MAX_DESC_BYTES_RQ);
    }

    private static void writeMemory(MemorySegment m) {
        DevCap.LOG_MAX_MPT.set(m, 0, LOG_MAX_MPT);
        DevCap.LOG_RSVD_MTT.set(m, 0, LOG_RSVD_MTT);
        DevCap.LOG_MAX_MR_SZ.set(m, 0, 0x28);
        DevCap.LOG_RSVD_MPT.set(m, 0, LOG_RSVD_MPT);
        DevCap.LOG_MAX_MTT.set(m, 0, LOG_MAX_MTT);
        DevCap.RDMARC_ENTRY_SZ.set(m, 0, 32);
        DevCap.QPC_ENTRY_SZ.set(m, 0, QPC_BYTES);
        DevCap.AUXC_ENTRY_SZ.set(m, 0, 64);
        DevCap.ALTC_ENTRY_SZ.set(m, 0, 64);
        DevCap.EQC_ENTRY_SZ.set(m, 0, 64);
        DevCap.CQC_ENTRY_SZ.set(m, 0, 64);
        DevCap.SRQC_ENTRY_SZ.set(m, 0, 64);
        DevCap.CMPT_ENTRY_SZ.set(m, 0, 64);
        DevCap.MTT_ENTRY_SZ.set(m, 0, MTT_BYTES);
        DevCap.DMPT_ENTRY_SZ.set(m, 0, DMPT_BYTES);
        DevCap.BMME_FLAGS.set(m, 0, DevCapFlags.BMME_RESERVED_LKEY | DevCapFlags.BMME_LOCAL_INV
                | DevCapFlags.BMME_REMOTE_INV | DevCapFlags.BMME_FAST_REG_WR | DevCapFlags.BMME_WINDOW_2
                | DevCapFlags.BMME_WINDOW_2B | DevCapFlags.CONFIG_DEV);
        DevCap.RESERVED_LKEY.set(m, 0, RESERVED_LKEY);
        DevCap.MAX_ICM_SZ.set(m, 0, MAX_ICM_BYTES);
    }
}
