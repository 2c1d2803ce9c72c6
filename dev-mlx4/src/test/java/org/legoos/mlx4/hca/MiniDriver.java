package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.PortState;
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
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.prm.VirtToPhys;

/** The least driver that brings a card up through its registers, with RAM of its own. It polls. */
final class MiniDriver implements AutoCloseable {
    static final int PAGE = 4096;
    static final int UAR_PAGE = 128;
    static final int PD = 7;
    static final int EQN = 4;
    private static final int ALL_RIGHTS = Region.LOCAL_READ | Region.LOCAL_WRITE | Region.REMOTE_READ
            | Region.REMOTE_WRITE | Region.REMOTE_ATOMIC;
    private static final int RAM_BYTES = 64 << 20;
    private static final long MTT_ICM = 0x100000;
    private static final long DMPT_ICM = 0x200000;
    private static final int LOG_MPTS = 10;
    private static final long ICM_TABLE_PAGES = 64;

    final PhysicalMemory ram;
    final MemorySegment m;
    final List<String> log = new ArrayList<>();
    final AtomicInteger interrupts = new AtomicInteger();
    volatile boolean isPinAsserted;
    final Hca hca;
    private long nextFree = 16 * PAGE;
    private int nextMtt = 16;
    private long mttPa;
    private int nextMptIndex = 16;
    private int toggle = 1;
    final long inBox;
    final long outBox;
    int eqConsumer;
    int eqLogSize;
    long eqPa;

    MiniDriver(String name, long guid, Clock clock) {
        this(name, guid, clock, ram -> ram);
    }

    /** With RAM of another size. */
    MiniDriver(String name, long guid, Clock clock, long ramBytes) {
        this(name, guid, clock, ramBytes, ram -> ram);
    }

    /** @param way how the card sees the RAM */
    MiniDriver(String name, long guid, Clock clock, Function<PhysicalMemory, Dma> way) {
        this(name, guid, clock, RAM_BYTES, way);
    }

    private MiniDriver(String name, long guid, Clock clock, long ramBytes, Function<PhysicalMemory, Dma> way) {
        ram = PhysicalMemory.ofSize(ramBytes);
        m = ram.segment();
        inBox = alloc(PAGE);
        outBox = alloc(PAGE);
        HcaConfig config = HcaConfig.onePort(name, guid);
        hca = new Hca(config, way.apply(ram), (address, data) -> interrupts.incrementAndGet(),
                level -> isPinAsserted = level, clock, log::add);
        hca.configWrite(4, 2, 6); // memory, bus master
    }

    long alloc(long sizeBytes) {
        long at = nextFree;
        nextFree += sizeBytes + PAGE - 1 & -PAGE;
        return at;
    }

    // ---- registers and commands ----

    void writeDcs(int offset, int word) {
        hca.bar(0).write(offset, 4, Integer.toUnsignedLong(Integer.reverseBytes(word)));
    }

    int readDcs(int offset) {
        return Integer.reverseBytes((int) hca.bar(0).read(offset, 4));
    }

    void writeUar(long offset, int word) {
        hca.bar(2).write(offset, 4, Integer.toUnsignedLong(Integer.reverseBytes(word)));
    }

    CmdStatus command(int opcode, int inModifier, int opModifier, long inParam, long outParam) {
        post(opcode, inModifier, opModifier, inParam, outParam, Hcr.POLL_TOKEN, 0);
        int control = readDcs(Dcs.HCR + Hcr.CONTROL);
        while (Hcr.GO.of(control) != 0) { // the card is at work on another thread
            Thread.onSpinWait();
            control = readDcs(Dcs.HCR + Hcr.CONTROL);
        }
        return CmdStatus.of(Hcr.STATUS.of(control));
    }

    void post(int opcode, int inModifier, int opModifier, long inParam, long outParam, int token, int event) {
        writeDcs(Dcs.HCR + Hcr.IN_PARAM_HI, (int) (inParam >>> 32));
        writeDcs(Dcs.HCR + Hcr.IN_PARAM_LO, (int) inParam);
        writeDcs(Dcs.HCR + Hcr.IN_MODIFIER, inModifier);
        writeDcs(Dcs.HCR + Hcr.OUT_PARAM_HI, (int) (outParam >>> 32));
        writeDcs(Dcs.HCR + Hcr.OUT_PARAM_LO, (int) outParam);
        writeDcs(Dcs.HCR + Hcr.TOKEN_WORD, Hcr.TOKEN.of0(token));
        writeDcs(Dcs.HCR + Hcr.CONTROL, Hcr.GO.of0(1) | Hcr.TOGGLE.of0(toggle) | Hcr.EVENT.of0(event)
                | Hcr.OPCODE_MODIFIER.of0(opModifier) | Hcr.OPCODE.of0(opcode));
        toggle ^= 1;
    }

    void must(int opcode, int inModifier, int opModifier, long inParam, long outParam) {
        CmdStatus status = command(opcode, inModifier, opModifier, inParam, outParam);
        if (status != CmdStatus.OK) {
            throw new AssertionError("command 0x" + Integer.toHexString(opcode) + ": " + status + " " + log);
        }
    }

    /** By its register; what was allocated stays. */
    void resetCard() {
        writeDcs(Dcs.RESET, Dcs.RESET_VALUE);
        toggle = 1;
    }

    long immediate() {
        return (long) readDcs(Dcs.HCR + Hcr.OUT_PARAM_HI) << 32
                | Integer.toUnsignedLong(readDcs(Dcs.HCR + Hcr.OUT_PARAM_LO));
    }

    void clearIn() {
        ram.zero(inBox, PAGE);
    }

    // ---- bring-up ----

    MiniDriver bringUp() {
        runFirmware();
        must(Opcode.SET_ICM_SIZE, 0, 0, 1L << 32, 0);
        mttPa = mapIcm(MTT_ICM);
        mapIcm(DMPT_ICM);
        clearIn();
        InitHca.LOG_QPS.set(m, inBox, 10);
        InitHca.LOG_CQS.set(m, inBox, 9);
        InitHca.LOG_SRQS.set(m, inBox, 8);
        InitHca.LOG_EQS.set(m, inBox, 6);
        InitHca.LOG_MPTS.set(m, inBox, LOG_MPTS);
        InitHca.MTT_BASE.set(m, inBox, MTT_ICM);
        InitHca.DMPT_BASE.set(m, inBox, DMPT_ICM);
        InitHca.LOG_UARS.set(m, inBox, 10);
        InitHca.LOG_MC_ENTRY_SZ.set(m, inBox, 6);
        InitHca.LOG_MC_HASH_SZ.set(m, inBox, 4);
        InitHca.LOG_MC_TABLE_SZ.set(m, inBox, 5);
        must(Opcode.INIT_HCA, 0, 0, inBox, 0);
        return this;
    }

    void runFirmware() {
        clearIn();
        VirtToPhys.PHYSICAL.set(m, inBox, alloc(16 * PAGE));
        VirtToPhys.LOG_PAGES.set(m, inBox, 4);
        must(Opcode.MAP_FA, 1, 0, inBox, 0);
        must(Opcode.RUN_FW, 0, 0, 0, 0);
    }

    /** Maps one naturally aligned block of a table; returns where it is. */
    private long mapIcm(long icmAddr) {
        long aligned = nextFree + ICM_TABLE_PAGES * PAGE - 1 & -(ICM_TABLE_PAGES * PAGE);
        nextFree = aligned + ICM_TABLE_PAGES * PAGE;
        clearIn();
        VirtToPhys.VIRTUAL.set(m, inBox, icmAddr);
        VirtToPhys.PHYSICAL.set(m, inBox, aligned);
        VirtToPhys.LOG_PAGES.set(m, inBox, 6);
        must(Opcode.MAP_ICM, 1, 0, inBox, 0);
        return aligned;
    }

    /** Cables the port to a peer's and does the subnet manager's part. */
    void activate(int lid) {
        must(Opcode.INIT_PORT, 1, 0, 0, 0);
        hca.port(1).setLids(lid, 0, 1);
    }

    void setActive() {
        hca.port(1).setState(PortState.ACTIVE);
    }

    // ---- objects ----

    /** Writes translations of a run of pages, as Linux does: straight into memory. Returns their offset. */
    long mtt(long pa, long sizeBytes) {
        long offset = (long) nextMtt * MttEntry.SIZE_BYTES;
        for (long done = 0; done < sizeBytes; done += PAGE) {
            MttEntry.ENTRY.set(m, mttPa + (long) nextMtt++ * MttEntry.SIZE_BYTES, MttEntry.present(pa + done));
        }
        return offset;
    }

    /** Points an existing translation elsewhere. */
    void retarget(long mttOffset, long pa) {
        MttEntry.ENTRY.set(m, mttPa + mttOffset, MttEntry.present(pa));
    }

    /** Registers memory with va = pa; returns the key. */
    int register(long pa, long sizeBytes, int rights) {
        return register(nextMptIndex++, mtt(pa, sizeBytes), pa, sizeBytes, rights);
    }

    /** Registers one page by a translation that the caller keeps, with all rights. */
    int registerAt(int index, long mttOffset, long pa) {
        return register(index, mttOffset, pa, PAGE, ALL_RIGHTS);
    }

    private int register(int index, long mttOffset, long pa, long sizeBytes, int rights) {
        return register(index, mttOffset, pa, sizeBytes, rights, 12);
    }

    private int register(int index, long mttOffset, long pa, long sizeBytes, int rights, int logPage) {
        int key = MemKey.of(index, 0x5a);
        clearIn();
        MptEntry.FLAGS_WORD.set(m, inBox, rights);
        MptEntry.REGION.set(m, inBox, 1);
        MptEntry.STATUS.set(m, inBox, MptEntry.STATUS_SW);
        MptEntry.MEM_KEY.set(m, inBox, MemKey.toHardware(key));
        MptEntry.PD.set(m, inBox, PD);
        MptEntry.START.set(m, inBox, pa);
        MptEntry.LENGTH.set(m, inBox, sizeBytes);
        MptEntry.MTT_ADDR.set(m, inBox, mttOffset);
        MptEntry.ENTITY_SIZE.set(m, inBox, logPage);
        must(Opcode.SW2HW_MPT, index, 0, inBox, 0);
        return key;
    }

    /** Registers aligned memory by translations of 2^logPage bytes each. */
    int registerLargePages(long pa, long sizeBytes, int logPage) {
        int index = nextMptIndex++;
        int key = MemKey.of(index, 0x5a);
        long offset = (long) nextMtt * MttEntry.SIZE_BYTES;
        for (long done = 0; done < sizeBytes; done += 1L << logPage) {
            MttEntry.ENTRY.set(m, mttPa + (long) nextMtt++ * MttEntry.SIZE_BYTES, MttEntry.present(pa + done));
        }
        register(index, offset, pa, sizeBytes, ALL_RIGHTS, logPage);
        return key;
    }

    int registerAll(long pa, long sizeBytes) {
        return register(pa, sizeBytes, ALL_RIGHTS);
    }

    /** As {@link #registerAll}, and windows may be bound to it. */
    int registerBindable(long pa, long sizeBytes) {
        return register(pa, sizeBytes, ALL_RIGHTS | MptEntry.BIND_ENABLE.of0(1));
    }

    void createEq(int logSize) {
        eqLogSize = logSize;
        long sizeBytes = 32L << logSize;
        eqPa = alloc(sizeBytes);
        long offset = mtt(eqPa, sizeBytes);
        clearIn();
        EqContext.STATE.set(m, inBox, EqContext.STATE_ARMED);
        EqContext.LOG_EQ_SIZE.set(m, inBox, logSize);
        EqContext.INTR.set(m, inBox, 1);
        EqContext.MTT_BASE.set(m, inBox, offset);
        must(Opcode.SW2HW_EQ, EQN, 0, inBox, 0);
        must(Opcode.MAP_EQ, EQN, 0, -1L, 0);
    }

    /** Enables MSI-X and lets vector 1 through. */
    void enableInterrupts() {
        hca.configWrite(0x9c + 2, 2, 0x8000);
        hca.bar(0).write(Dcs.MSIX_TABLE + 16, 4, 0xfee00000L);
        hca.bar(0).write(Dcs.MSIX_TABLE + 16 + 8, 4, 0x41);
        hca.bar(0).write(Dcs.MSIX_TABLE + 16 + 12, 4, 0);
    }

    MiniCq createCq(int cqn, int logSize) {
        long sizeBytes = 32L << logSize;
        MiniCq cq = new MiniCq(this, cqn, logSize, alloc(sizeBytes), alloc(PAGE));
        long offset = mtt(cq.pa, sizeBytes);
        clearIn();
        CqContext.LOG_CQ_SIZE.set(m, inBox, logSize);
        CqContext.USR_PAGE.set(m, inBox, UAR_PAGE);
        CqContext.COMP_EQN.set(m, inBox, EQN);
        CqContext.MTT_BASE.set(m, inBox, offset);
        CqContext.DB_RECORD.set(m, inBox, cq.dbRecordPa);
        must(Opcode.SW2HW_CQ, cqn, 0, inBox, 0);
        return cq;
    }

    /** The next event's address, or -1; consumes it. */
    long pollEq() {
        long at = eqPa + (long) (eqConsumer & (1 << eqLogSize) - 1) * 32;
        if (org.legoos.mlx4.prm.EqEntry.OWNER.get(m, at) != (eqConsumer >> eqLogSize & 1)) {
            return -1;
        }
        eqConsumer++;
        return at;
    }

    void armEq() {
        writeUar(Uar.eqDoorbell(EQN), Uar.EQ_ARM.of0(1) | Uar.EQ_CONSUMER.of0(eqConsumer));
    }

    @Override
    public void close() {
        ram.close();
    }
}
