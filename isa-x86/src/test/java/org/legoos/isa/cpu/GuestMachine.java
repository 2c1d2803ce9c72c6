package org.legoos.isa.cpu;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.FrameSource;
import org.legoos.isa.mmu.PageTables;
import org.legoos.isa.mmu.Pte;

/** RAM, page tables and one Cpu, for tests that run a few hand-assembled instructions. */
public final class GuestMachine implements AutoCloseable {
    public static final int R = 0;
    public static final int W = 1;
    public static final int X = 2;

    public static final long CODE_VA = 0x40_0000;
    public static final long DATA_VA = 0x60_0000;
    public static final long STACK_TOP_VA = 0x7fff_f000L;
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;

    public final PhysicalMemory memory;
    public final PageTables tables;
    public final Cpu cpu;
    private long nextFrame = PAGE;

    public GuestMachine(CpuEngine engine) {
        this(engine, 16L << 20);
    }

    public GuestMachine(CpuEngine engine, long sizeBytes) {
        memory = PhysicalMemory.ofSize(sizeBytes);
        tables = PageTables.create(memory, new FrameSource() {
            @Override
            public long allocFrame() {
                return frame();
            }

            @Override
            public void freeFrame(long framePa) {}
        });
        cpu = engine.newCpu(memory);
        cpu.setPageTableRoot(tables.rootPa());
    }

    public long frame() {
        long pa = nextFrame;
        nextFrame += PAGE;
        return pa;
    }

    /** Maps a fresh frame; returns its guestPa. */
    public long map(long va, int rights) {
        return map(va, frame(), rights);
    }

    public long map(long va, long pa, int rights) {
        setPte(va, pa | Pte.PRESENT | Pte.USER | ((rights & W) != 0 ? Pte.WRITABLE : 0)
                | ((rights & X) != 0 ? 0 : Pte.NO_EXECUTE));
        return pa;
    }

    public void setPte(long va, long pte) {
        memory.putLongRelease(tables.ensurePtePa(va), pte);
    }

    public long pte(long va) {
        return memory.getLongAcquire(tables.ensurePtePa(va));
    }

    /** Maps code (given as hex, spaces allowed) at CODE_VA and a stack, and points RIP and RSP there. */
    public GuestMachine program(String hex) {
        long pa = map(CODE_VA, X);
        map(STACK_TOP_VA - PAGE, W);
        put(pa, hex);
        cpu.setRip(CODE_VA);
        cpu.setRegister(Gpr.RSP, STACK_TOP_VA);
        return this;
    }

    public void put(long pa, String hex) {
        byte[] code = bytes(hex);
        memory.write(pa, code, 0, code.length);
    }

    public static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Override
    public void close() {
        cpu.close();
        memory.close();
    }
}
