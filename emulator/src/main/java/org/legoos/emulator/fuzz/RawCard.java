package org.legoos.emulator.fuzz;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.bench.BareNode;
import org.legoos.mlx4.prm.AddressPath;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.Hcr;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.VirtToPhys;

/** A card brought up by hand, with an event queue, a region and queue pairs that talk to each other: prey for a fuzzer. */
final class RawCard {
    static final int FIRST_QPN = 0x48;
    static final int QPS = 6;
    static final int CQN = 0x80;
    static final int EQN = 4;
    static final int UAR_PAGE = 128;
    static final int PD = 7;
    static final int LOG_RING = 6;
    static final int SQ_STRIDE = 64;
    static final int RQ_STRIDE = 32;
    static final int PAGE = 4096;
    static final int MAILBOX_BYTES = 512;
    private static final int RIGHTS = MptEntry.LOCAL_READ.of0(1) | MptEntry.LOCAL_WRITE.of0(1)
            | MptEntry.REMOTE_READ.of0(1) | MptEntry.REMOTE_WRITE.of0(1) | MptEntry.REMOTE_ATOMIC.of0(1);
    private static final int COMMAND_REGISTER = 4;
    private static final int MEMORY_AND_MASTER = 6;
    private static final long MTT_ICM = 0x100000;
    private static final long DMPT_ICM = 0x200000;
    private static final int ICM_PAGES_LOG = 6;
    private static final int FIRST_MTT = 16;
    private static final int REGION_INDEX = 0x20;
    private static final int REGION_BYTES = 1 << 16;
    private static final int POLLS_MAX = 1 << 20;

    final BareNode node;
    final MemorySegment m;
    final long inBox;
    final long outBox;
    final long region;
    final int key = MemKey.of(REGION_INDEX, 0);
    final long[] rings = new long[QPS];
    final long[] records = new long[QPS];
    long tablesEnd; // everything that the card keeps in memory is below
    private long nextFree = 1 << 20;
    private int nextMtt = FIRST_MTT;
    private long mttTable;

    RawCard(BareNode node) {
        this.node = node;
        m = node.memory.segment();
        inBox = alloc(PAGE);
        outBox = alloc(PAGE);
        region = alloc(REGION_BYTES);
    }

    private long alloc(long sizeBytes) {
        long at = nextFree;
        nextFree += sizeBytes + PAGE - 1 & -PAGE;
        return at;
    }

    void writeRegister(int offset, int word) {
        node.hca.bar(0).write(offset, Integer.BYTES, Integer.toUnsignedLong(Integer.reverseBytes(word)));
    }

    int readRegister(int offset) {
        return Integer.reverseBytes((int) node.hca.bar(0).read(offset, Integer.BYTES));
    }

    void doorbell(long offset, int word) {
        node.hca.bar(2).write(offset, Integer.BYTES, Integer.toUnsignedLong(Integer.reverseBytes(word)));
    }

    /** Gives the command to the card; null when it does not finish. */
    CmdStatus command(int opcode, int inModifier, int opModifier, long in, long out) {
        writeRegister(Dcs.HCR + Hcr.IN_PARAM_HI, (int) (in >>> Integer.SIZE));
        writeRegister(Dcs.HCR + Hcr.IN_PARAM_LO, (int) in);
        writeRegister(Dcs.HCR + Hcr.IN_MODIFIER, inModifier);
        writeRegister(Dcs.HCR + Hcr.OUT_PARAM_HI, (int) (out >>> Integer.SIZE));
        writeRegister(Dcs.HCR + Hcr.OUT_PARAM_LO, (int) out);
        writeRegister(Dcs.HCR + Hcr.CONTROL,
                Hcr.GO.of0(1) | Hcr.OPCODE_MODIFIER.of0(opModifier) | Hcr.OPCODE.of0(opcode));
        for (int i = 0; i < POLLS_MAX; i++) {
            int control = readRegister(Dcs.HCR + Hcr.CONTROL);
            if (Hcr.GO.of(control) == 0) {
                return CmdStatus.of(Hcr.STATUS.of(control));
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** A command of the bring-up, with what was in its mailbox: good material for nearly right ones. */
    record Known(int opcode, int inModifier, byte[] mailbox) {}

    final List<Known> known = new ArrayList<>();

    private void must(int opcode, int inModifier, long in) {
        if (in == inBox) {
            known.add(new Known(opcode, inModifier, m.asSlice(inBox, MAILBOX_BYTES).toArray(ValueLayout.JAVA_BYTE)));
        }
        CmdStatus status = command(opcode, inModifier, 0, in, 0);
        if (status != CmdStatus.OK) {
            throw new IllegalStateException("command 0x" + Integer.toHexString(opcode) + ": " + status);
        }
    }

    private void clear() {
        node.memory.zero(inBox, PAGE);
    }

    // ---- bring-up ----

    /** From power-on to queue pairs ready to send. */
    void bringUp() {
        node.hca.configWrite(COMMAND_REGISTER, Short.BYTES, MEMORY_AND_MASTER);
        clear();
        VirtToPhys.PHYSICAL.set(m, inBox, alloc(16 * PAGE));
        VirtToPhys.LOG_PAGES.set(m, inBox, 4);
        must(Opcode.MAP_FA, 1, inBox);
        must(Opcode.RUN_FW, 0, 0);
        must(Opcode.SET_ICM_SIZE, 0, 1L << 32);
        mttTable = mapIcm(MTT_ICM);
        mapIcm(DMPT_ICM);
        clear();
        InitHca.LOG_QPS.set(m, inBox, 8);
        InitHca.LOG_CQS.set(m, inBox, 8);
        InitHca.LOG_SRQS.set(m, inBox, 8);
        InitHca.LOG_EQS.set(m, inBox, 5);
        InitHca.LOG_MPTS.set(m, inBox, 8);
        InitHca.MTT_BASE.set(m, inBox, MTT_ICM);
        InitHca.DMPT_BASE.set(m, inBox, DMPT_ICM);
        InitHca.LOG_UARS.set(m, inBox, 10);
        InitHca.LOG_MC_ENTRY_SZ.set(m, inBox, 6);
        InitHca.LOG_MC_HASH_SZ.set(m, inBox, 4);
        InitHca.LOG_MC_TABLE_SZ.set(m, inBox, 5);
        must(Opcode.INIT_HCA, 0, inBox);
        must(Opcode.INIT_PORT, 1, 0);
        createQueues();
        for (int i = 0; i < QPS; i++) {
            createQp(i);
        }
        tablesEnd = nextFree;
    }

    private long mapIcm(long icmAddr) {
        long sizeBytes = (long) PAGE << ICM_PAGES_LOG;
        nextFree = nextFree + sizeBytes - 1 & -sizeBytes;
        long at = alloc(sizeBytes);
        clear();
        VirtToPhys.VIRTUAL.set(m, inBox, icmAddr);
        VirtToPhys.PHYSICAL.set(m, inBox, at);
        VirtToPhys.LOG_PAGES.set(m, inBox, ICM_PAGES_LOG);
        must(Opcode.MAP_ICM, 1, inBox);
        return at;
    }

    private long translate(long pa, long sizeBytes) {
        long offset = (long) nextMtt * MttEntry.SIZE_BYTES;
        for (long done = 0; done < sizeBytes; done += PAGE) {
            MttEntry.ENTRY.set(m, mttTable + (long) nextMtt++ * MttEntry.SIZE_BYTES, MttEntry.present(pa + done));
        }
        return offset;
    }

    private void createQueues() {
        long eq = translate(alloc(PAGE), PAGE);
        clear();
        EqContext.STATE.set(m, inBox, EqContext.STATE_ARMED);
        EqContext.LOG_EQ_SIZE.set(m, inBox, 7);
        EqContext.MTT_BASE.set(m, inBox, eq);
        must(Opcode.SW2HW_EQ, EQN, inBox);
        must(Opcode.MAP_EQ, EQN, -1L);
        long cq = translate(alloc(PAGE), PAGE);
        clear();
        CqContext.LOG_CQ_SIZE.set(m, inBox, 7);
        CqContext.OVERRUN_IGNORE.set(m, inBox, 1);
        CqContext.USR_PAGE.set(m, inBox, UAR_PAGE);
        CqContext.COMP_EQN.set(m, inBox, EQN);
        CqContext.MTT_BASE.set(m, inBox, cq);
        CqContext.DB_RECORD.set(m, inBox, alloc(PAGE));
        must(Opcode.SW2HW_CQ, CQN, inBox);
        long pages = translate(region, REGION_BYTES);
        clear();
        MptEntry.FLAGS_WORD.set(m, inBox, RIGHTS | MptEntry.BIND_ENABLE.of0(1));
        MptEntry.REGION.set(m, inBox, 1);
        MptEntry.STATUS.set(m, inBox, MptEntry.STATUS_SW);
        MptEntry.MEM_KEY.set(m, inBox, MemKey.toHardware(key));
        MptEntry.PD.set(m, inBox, PD);
        MptEntry.START.set(m, inBox, region);
        MptEntry.LENGTH.set(m, inBox, REGION_BYTES);
        MptEntry.MTT_ADDR.set(m, inBox, pages);
        MptEntry.ENTITY_SIZE.set(m, inBox, 12);
        must(Opcode.SW2HW_MPT, REGION_INDEX, inBox);
    }

    /** Pairs of RC, UC and UD, each with its neighbour. */
    private void createQp(int index) {
        int service = new int[] {ServiceType.RC, ServiceType.UC, ServiceType.UD}[index / 2];
        long sizeBytes = (long) SQ_STRIDE + RQ_STRIDE << LOG_RING;
        rings[index] = alloc(sizeBytes);
        records[index] = alloc(PAGE);
        long pages = translate(rings[index], sizeBytes);
        clear();
        long b = inBox + QpContext.MAILBOX_OFFSET;
        long path = b + QpContext.PRIMARY_PATH;
        QpContext.SERVICE_TYPE.set(m, b, service);
        QpContext.PD.set(m, b, PD);
        QpContext.LOG_SQ_SIZE.set(m, b, LOG_RING);
        QpContext.LOG_SQ_STRIDE.set(m, b, 2);
        QpContext.LOG_RQ_SIZE.set(m, b, LOG_RING);
        QpContext.LOG_RQ_STRIDE.set(m, b, 1);
        QpContext.USR_PAGE.set(m, b, UAR_PAGE);
        QpContext.CQN_SEND.set(m, b, CQN);
        QpContext.CQN_RECV.set(m, b, CQN);
        QpContext.DB_RECORD.set(m, b, records[index]);
        QpContext.MTT_BASE.set(m, b, pages);
        QpContext.FAST_REG_ENABLE.set(m, b, 1);
        QpContext.REMOTE_READ_ENABLE.set(m, b, 1);
        QpContext.REMOTE_WRITE_ENABLE.set(m, b, 1);
        QpContext.REMOTE_ATOMIC_ENABLE.set(m, b, 1);
        AddressPath.SCHED_QUEUE.set(m, path, AddressPath.schedQueue(1, 0));
        must(Opcode.RST2INIT_QP, FIRST_QPN + index, inBox);
        QpContext.MTU.set(m, b, 5);
        QpContext.LOG_MSG_MAX.set(m, b, 30);
        QpContext.REMOTE_QPN.set(m, b, FIRST_QPN + (index ^ 1));
        QpContext.LOG_RRA_MAX.set(m, b, 4);
        QpContext.MIN_RNR_TIMER.set(m, b, 1);
        AddressPath.REMOTE_LID.set(m, path, node.hca.port(1).lid());
        must(Opcode.INIT2RTR_QP, FIRST_QPN + index, inBox);
        QpContext.RETRY_COUNT.set(m, b, 7);
        QpContext.RNR_RETRY.set(m, b, 1);
        QpContext.LOG_SRA_MAX.set(m, b, 4);
        AddressPath.ACK_TIMEOUT.set(m, path, 1);
        must(Opcode.RTR2RTS_QP, FIRST_QPN + index, inBox);
    }
}
