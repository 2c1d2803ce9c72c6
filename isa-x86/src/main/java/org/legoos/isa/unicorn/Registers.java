package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.CpuState;

/** Registers by the engine's numbers, in a live engine or in a context: what the general registers' fast path leaves over. */
abstract class Registers implements CpuState {
    /** What user mode may hold in RFLAGS: CF PF AF ZF SF TF DF OF, RF, AC, ID. */
    private static final long RFLAGS_USER = 0x25_0dd5;
    /** IF and the bit that is always one. */
    private static final long RFLAGS_FIXED = 0x202;

    private final MemorySegment scratch;
    private final long scratchAddress;

    Registers(Arena arena) {
        scratch = arena.allocate(16, 16);
        scratchAddress = scratch.address();
    }

    /** uc_reg_read and uc_reg_write or their relatives for contexts. */
    abstract void get(int ucRegister, long valueOut);

    abstract void put(int ucRegister, long valueIn);

    final long read(int ucRegister) {
        scratch.set(JAVA_LONG, 0, 0);
        get(ucRegister, scratchAddress);
        return scratch.get(JAVA_LONG, 0);
    }

    final void write(int ucRegister, long value) {
        scratch.set(JAVA_LONG, 0, value);
        scratch.set(JAVA_LONG, 8, 0);
        put(ucRegister, scratchAddress);
    }

    /** Registers of up to 16 bytes, to and from {@link #scratch}. */
    final MemorySegment readWide(int ucRegister) {
        scratch.fill((byte) 0);
        get(ucRegister, scratchAddress);
        return scratch;
    }

    final void writeWide(int ucRegister, MemorySegment from, long offset, long lengthBytes) {
        scratch.fill((byte) 0);
        MemorySegment.copy(from, JAVA_BYTE, offset, scratch, JAVA_BYTE, 0, lengthBytes);
        put(ucRegister, scratchAddress);
    }

    @Override
    public final long rflags() {
        return read(UcConst.REG_EFLAGS) & 0xffff_ffffL;
    }

    @Override
    public final void setRflags(long value) {
        write(UcConst.REG_EFLAGS, value & RFLAGS_USER | RFLAGS_FIXED);
    }

    @Override
    public final long fsBase() {
        return read(UcConst.REG_FS_BASE);
    }

    @Override
    public final void setFsBase(long value) {
        write(UcConst.REG_FS_BASE, value);
    }

    @Override
    public final long gsBase() {
        return read(UcConst.REG_GS_BASE);
    }

    @Override
    public final void setGsBase(long value) {
        write(UcConst.REG_GS_BASE, value);
    }

    @Override
    public final void readFpu(MemorySegment to, long offset) {
        FxImage.read(this, to, offset);
    }

    @Override
    public final void writeFpu(MemorySegment from, long offset) {
        FxImage.write(this, from, offset);
    }
}
