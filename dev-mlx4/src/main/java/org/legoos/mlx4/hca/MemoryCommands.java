package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.prm.Opcode;

/** Commands about memory protection and translation. The tables themselves lie in ICM. */
final class MemoryCommands {
    private static final int MAX_MTT_ENTRIES =
            (Command.MAILBOX_BYTES - MttEntry.WRITE_MTT_ENTRIES) / MttEntry.SIZE_BYTES;
    private static final LongField MTT = LongField.word64(0);
    private static final int NO_OUTPUT = 1;

    private final HcaCore core;
    private final BitSet owned = new BitSet(); // entries that were given to the hardware by command

    MemoryCommands(HcaCore core) {
        this.core = core;
    }

    void install(CommandTable table) {
        table.on(Opcode.SW2HW_MPT, HcaState.READY, MptEntry.SIZE_BYTES, 0, this::give);
        table.on(Opcode.HW2SW_MPT, HcaState.READY, this::takeBack);
        table.on(Opcode.QUERY_MPT, HcaState.READY, 0, MptEntry.SIZE_BYTES, this::query);
        table.on(Opcode.READ_MTT, HcaState.READY, this::readMtt);
        table.on(Opcode.WRITE_MTT, HcaState.READY, this::writeMtt);
        table.on(Opcode.SYNC_TPT, HcaState.READY, this::sync);
    }

    void reset() {
        owned.clear();
    }

    private boolean isIndex(int index) {
        return index >= 1 << HcaLimits.LOG_RSVD_MPT && index < core.keys.size();
    }

    /** Where the entry lies in memory, or null with nothing changed. */
    private MemorySegment entry(long dmaAddr) {
        return dmaAddr == IcmMap.UNMAPPED ? null : core.bus.atForRead(dmaAddr, MptEntry.SIZE_BYTES);
    }

    private CmdStatus give(Command command) {
        int index = command.inModifier;
        if (!isIndex(index)) {
            return CmdStatus.BAD_INDEX;
        }
        if (owned.get(index)) {
            return CmdStatus.BAD_RES_STATE;
        }
        MemorySegment m = command.in;
        boolean isTranslated = MptEntry.REGION.isSet(m, 0) && !MptEntry.PHYSICAL.isSet(m, 0); // a window is not yet bound
        if (isTranslated && !Region.isPageShift(MptEntry.ENTITY_SIZE.get(m, 0))) {
            return CmdStatus.BAD_PARAM;
        }
        long dmaAddr = core.keys.entryDma(index);
        if (entry(dmaAddr) == null) {
            return CmdStatus.ICM_ERROR;
        }
        if (MptEntry.STATUS.get(m, 0) != MptEntry.STATUS_FREE) {
            MptEntry.STATUS.set(m, 0, MptEntry.STATUS_HW);
        }
        core.bus.copyOut(m, 0, dmaAddr, MptEntry.SIZE_BYTES);
        owned.set(index);
        core.keys.forget(index);
        return CmdStatus.OK;
    }

    private CmdStatus takeBack(Command command) {
        int index = command.inModifier;
        if (!isIndex(index)) {
            return CmdStatus.BAD_INDEX;
        }
        long dmaAddr = core.keys.entryDma(index);
        MemorySegment memory = entry(dmaAddr);
        if (memory == null) {
            return CmdStatus.ICM_ERROR;
        }
        long base = core.bus.offset(dmaAddr);
        // An entry that software edited in place and gave back by SYNC_TPT is the hardware's, too.
        if (!owned.get(index) && MptEntry.STATUS.get(memory, base) == MptEntry.STATUS_SW) {
            return CmdStatus.BAD_RES_STATE;
        }
        boolean isBound = MptEntry.REGION.isSet(memory, base) && MptEntry.WINDOW_COUNT.get(memory, base) != 0;
        if (isBound) {
            return CmdStatus.REG_BOUND;
        }
        core.keyOperations.releaseWindow(memory, base);
        MptEntry.STATUS.set(memory, base, MptEntry.STATUS_SW);
        core.bus.written(dmaAddr, MptEntry.SIZE_BYTES);
        owned.clear(index);
        core.keys.forget(index);
        if (command.opcodeModifier != NO_OUTPUT && command.outParam != 0) {
            if (!command.prepareOut(MptEntry.SIZE_BYTES)) {
                return CmdStatus.BAD_PARAM;
            }
            MemorySegment.copy(memory, base, command.out, 0, MptEntry.SIZE_BYTES);
        }
        return CmdStatus.OK;
    }

    private CmdStatus query(Command command) {
        int index = command.inModifier;
        if (!isIndex(index)) {
            return CmdStatus.BAD_INDEX;
        }
        long dmaAddr = core.keys.entryDma(index);
        return dmaAddr != IcmMap.UNMAPPED && core.bus.copyIn(dmaAddr, command.out, 0, MptEntry.SIZE_BYTES)
                ? CmdStatus.OK
                : CmdStatus.ICM_ERROR;
    }

    /** Number of entries in the modifier, byte offset of the first in the parameter; answers as WRITE_MTT asks. */
    private CmdStatus readMtt(Command command) {
        int count = command.inModifier;
        if (count < 1 || count > MAX_MTT_ENTRIES
                || !command.prepareOut(MttEntry.WRITE_MTT_ENTRIES + count * MttEntry.SIZE_BYTES)) {
            return CmdStatus.BAD_PARAM;
        }
        long from = command.inParam;
        if (!isMttAddress(from)) {
            return CmdStatus.BAD_INDEX;
        }
        MttEntry.WRITE_MTT_ADDR.set(command.out, 0, from);
        for (int i = 0; i < count; i++) {
            long at = (long) i * MttEntry.SIZE_BYTES;
            MTT.set(command.out, MttEntry.WRITE_MTT_ENTRIES + at, core.mtt.read(from + at));
        }
        return CmdStatus.OK;
    }

    private static boolean isMttAddress(long address) {
        return address >= 0 && address <= HcaLimits.MAX_ICM_BYTES && (address & MttEntry.SIZE_BYTES - 1) == 0;
    }

    private CmdStatus writeMtt(Command command) {
        int count = command.inModifier;
        if (count < 1 || count > MAX_MTT_ENTRIES
                || !command.loadIn(MttEntry.WRITE_MTT_ENTRIES + count * MttEntry.SIZE_BYTES)) {
            return CmdStatus.BAD_PARAM;
        }
        long to = MttEntry.WRITE_MTT_ADDR.get(command.in, 0);
        if (!isMttAddress(to)) {
            return CmdStatus.BAD_INDEX;
        }
        for (int i = 0; i < count; i++) {
            long entry = MTT.get(command.in, MttEntry.WRITE_MTT_ENTRIES + (long) i * MttEntry.SIZE_BYTES);
            if (!core.mtt.write(to + (long) i * MttEntry.SIZE_BYTES, entry)) {
                return CmdStatus.ICM_ERROR;
            }
        }
        core.icm.invalidateCaches();
        return CmdStatus.OK;
    }

    private CmdStatus sync(Command command) {
        core.icm.invalidateCaches();
        return CmdStatus.OK;
    }
}
