package org.legoos.mlx4.hca;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.SrqContext;
import org.legoos.mlx4.prm.VirtToPhys;

/**
 * Plays the commands of a recorded driver back, in memory larger than the recorded machine's. What the driver did
 * besides, it does as well as is needed: it stores the translations of a queue before it hands the queue over.
 */
final class CommandReplay {
    private static final int PAGE = MiniDriver.PAGE;
    /** Pages behind the recorded machine's memory that stand for the driver's queues. */
    private static final int SCRATCH_PAGES = 4096;
    private static final int MAX_TRANSLATIONS = 2048;

    private final MiniDriver driver;
    private final TreeMap<Long, MemorySegment> icm = new TreeMap<>(); // blocks by their ICM address
    private final long scratchPa;
    private long mttIcm;
    private int nextScratch;

    CommandReplay(MiniDriver driver) {
        this.driver = driver;
        scratchPa = driver.ram.sizeBytes() - (long) SCRATCH_PAGES * PAGE;
    }

    static List<CommandTrace> recorded(String resource) {
        try (InputStream in = CommandReplay.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(CommandTrace::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes a command; the result is what a trace of it says. */
    CommandTrace play(CommandTrace command) {
        CommandTrace[] got = new CommandTrace[1];
        driver.hca.traceCommands(trace -> got[0] = trace);
        if (command.in().length > 0) {
            store(command.inParam(), command.in());
        }
        follow(command);
        driver.command(command.opcode(), command.inModifier(), command.opcodeModifier(), command.inParam(),
                command.outParam());
        return got[0];
    }

    private void store(long pa, byte[] bytes) {
        if (pa >= 0 && pa <= scratchPa - PAGE) {
            driver.ram.zero(pa, PAGE);
            MemorySegment.copy(bytes, 0, driver.m, ValueLayout.JAVA_BYTE, pa, bytes.length);
        }
    }

    /** What software does at the same time. */
    private void follow(CommandTrace command) {
        MemorySegment box = MemorySegment.ofArray(java.util.Arrays.copyOf(command.in(), PAGE));
        switch (command.opcode()) {
            case Opcode.MAP_ICM -> map(box, command.inModifier());
            case Opcode.INIT_HCA -> mttIcm = InitHca.MTT_BASE.get(box, 0);
            case Opcode.SW2HW_EQ -> translate(EqContext.MTT_BASE.get(box, 0), EqContext.LOG_PAGE_SIZE.get(box, 0),
                    32L << EqContext.LOG_EQ_SIZE.get(box, 0));
            case Opcode.SW2HW_CQ -> translate(CqContext.MTT_BASE.get(box, 0), CqContext.LOG_PAGE_SIZE.get(box, 0),
                    32L << CqContext.LOG_CQ_SIZE.get(box, 0));
            case Opcode.SW2HW_SRQ -> translate(SrqContext.MTT_BASE.get(box, 0), SrqContext.LOG_PAGE_SIZE.get(box, 0),
                    16L << SrqContext.LOG_SRQ_SIZE.get(box, 0) + SrqContext.LOG_STRIDE.get(box, 0));
            case Opcode.RST2INIT_QP -> {
                MemorySegment context = box.asSlice(QpContext.MAILBOX_OFFSET);
                translate(QpContext.MTT_BASE.get(context, 0), QpContext.LOG_PAGE_SIZE.get(context, 0), PAGE);
            }
            default -> { }
        }
    }

    private void map(MemorySegment box, int entries) {
        for (int i = 0; i < Math.clamp(entries, 0, VirtToPhys.MAX_ENTRIES); i++) {
            long at = (long) i * VirtToPhys.SIZE_BYTES;
            long pa = VirtToPhys.PHYSICAL.get(box, at);
            long sizeBytes = (long) PAGE << Math.min(VirtToPhys.LOG_PAGES.get(box, at), 18);
            if (pa >= 0 && pa + sizeBytes <= driver.ram.sizeBytes()) {
                icm.put(VirtToPhys.VIRTUAL.get(box, at), driver.m.asSlice(pa, sizeBytes));
            }
        }
    }

    /** Stores translations to scratch memory, as far as the table is mapped. */
    private void translate(long mttOffset, int logPages, long sizeBytes) {
        long pages = Math.max(1, sizeBytes >>> Math.min(12 + logPages, 40));
        for (int i = 0; i < Math.min(pages, MAX_TRANSLATIONS); i++) {
            long at = mttIcm + mttOffset + (long) i * MttEntry.SIZE_BYTES;
            Entry<Long, MemorySegment> block = icm.floorEntry(at);
            if (block == null || at - block.getKey() > block.getValue().byteSize() - MttEntry.SIZE_BYTES) {
                return;
            }
            nextScratch = (nextScratch + 1) % SCRATCH_PAGES;
            MttEntry.ENTRY.set(block.getValue(), at - block.getKey(),
                    MttEntry.present(scratchPa + (long) nextScratch * PAGE));
        }
    }
}
