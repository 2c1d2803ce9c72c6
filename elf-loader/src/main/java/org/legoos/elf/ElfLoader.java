package org.legoos.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * From the bytes of a file to a {@link LoadPlan}: static programs (ET_EXEC) and static-pie ones (ET_DYN without
 * PT_INTERP), after Linux's fs/binfmt_elf.c. PT_GNU_RELRO needs nothing here: the program protects the range itself.
 */
public final class ElfLoader {
    /** Two thirds of the address space, where Linux puts position-independent programs (ELF_ET_DYN_BASE). */
    public static final long PIE_BASE = 0x5555_5555_4000L;

    /** Bits of page-granular randomness that Linux gives mappings (mmap_rnd_bits). */
    private static final int RANDOM_BITS = 28;

    /** Linux moves the break by less than this (arch_randomize_brk). */
    private static final long BRK_RANDOM_PAGES = 0x0200_0000L / LoadPlan.PAGE_SIZE;

    private static final int MAX_INTERPRETER_BYTES = 4096;

    /**
     * @param cpuFlags the processor's flags by their names in /proc/cpuinfo
     * @param randomize whether to place a position-independent program and the break at random
     * @param random source of the placement
     */
    public record Options(Set<String> cpuFlags, boolean randomize, long random) {}

    private ElfLoader() {}

    public static Loaded plan(ElfSource source, Options options) {
        ElfFile.Parsed parsed = ElfFile.parse(source);
        if (parsed.error() != null) {
            return parsed.error();
        }
        ElfFile file = parsed.file();
        List<ProgramHeader> interpreters = file.ofType(ProgramHeader.PT_INTERP);
        if (!interpreters.isEmpty()) {
            return interpreterError(source, interpreters.getFirst());
        }
        LoadError needs = GnuProperties.processorError(source, file, options.cpuFlags());
        if (needs != null) {
            return needs;
        }
        return place(file, options);
    }

    private static LoadError interpreterError(ElfSource source, ProgramHeader interpreter) {
        if (interpreter.filesz() < 2 || interpreter.filesz() > MAX_INTERPRETER_BYTES) {
            return new LoadError.BadHeader("interpreter name of " + interpreter.filesz() + " bytes");
        }
        byte[] name = new byte[(int) interpreter.filesz()];
        if (!source.read(interpreter.offset(), name)) {
            return new LoadError.Truncated("the interpreter name");
        }
        if (name[name.length - 1] != 0) {
            return new LoadError.BadHeader("interpreter name without end");
        }
        return new LoadError.DynamicallyLinked(printable(new String(name, 0, name.length - 1, StandardCharsets.UTF_8)));
    }

    /** A name from a file, made fit for a log line. */
    static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\x{fffd}]", "?");
    }

    private static Loaded place(ElfFile file, Options options) {
        List<ProgramHeader> loads = file.loads();
        long lowestVa = loads.getFirst().vaddr() & -LoadPlan.PAGE_SIZE;
        long highestVa = loads.getLast().vaddr() + loads.getLast().memsz();
        long bias = 0;
        if (file.isPositionIndependent()) {
            long baseVa = PIE_BASE;
            if (options.randomize()) {
                baseVa += (options.random() & (1L << RANDOM_BITS) - 1) * LoadPlan.PAGE_SIZE;
            }
            long align = LoadPlan.PAGE_SIZE;
            for (ProgramHeader p : loads) {
                align = Math.max(align, p.align());
            }
            bias = (baseVa & -align) - (lowestVa & -align);
            if (bias + highestVa > ElfFile.TASK_SIZE || file.header().entry() > ElfFile.TASK_SIZE - bias) {
                return new LoadError.BadHeader("a segment lies outside the user address space");
            }
        }
        List<LoadPlan.Segment> segments = new ArrayList<>(loads.size());
        for (ProgramHeader p : loads) {
            segments.add(new LoadPlan.Segment(p.offset(), p.filesz(), p.vaddr() + bias, p.memsz(), prot(p.flags())));
        }
        long brkVa = LoadPlan.pageUp(highestVa + bias);
        if (options.randomize()) {
            brkVa += (options.random() >>> RANDOM_BITS) % BRK_RANDOM_PAGES * LoadPlan.PAGE_SIZE;
        }
        boolean stackExec = false;
        for (ProgramHeader p : file.ofType(ProgramHeader.PT_GNU_STACK)) {
            stackExec = (p.flags() & ProgramHeader.PF_X) != 0;
        }
        long entryVa = file.header().entry() + bias;
        int phnum = file.header().phnum();
        return new LoadPlan(List.copyOf(segments), entryVa, phdrVa(file, bias), phnum, bias, brkVa, stackExec);
    }

    private static long phdrVa(ElfFile file, long bias) {
        long phoff = file.header().phoff();
        for (ProgramHeader p : file.loads()) {
            if (p.offset() <= phoff && phoff < p.offset() + p.filesz()) {
                return p.vaddr() + (phoff - p.offset()) + bias;
            }
        }
        return 0;
    }

    private static int prot(int flags) {
        return ((flags & ProgramHeader.PF_R) != 0 ? LoadPlan.PROT_READ : 0)
                | ((flags & ProgramHeader.PF_W) != 0 ? LoadPlan.PROT_WRITE : 0)
                | ((flags & ProgramHeader.PF_X) != 0 ? LoadPlan.PROT_EXEC : 0);
    }
}
