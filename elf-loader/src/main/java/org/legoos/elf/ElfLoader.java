package org.legoos.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * From the bytes of a file to a {@link LoadPlan}, after Linux's fs/binfmt_elf.c: programs at fixed addresses (ET_EXEC)
 * and position-independent ones (ET_DYN), with or without an interpreter (PT_INTERP), and the interpreters themselves.
 * PT_GNU_RELRO needs nothing here: the program protects the range itself.
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
        String interpreterPath = "";
        if (!interpreters.isEmpty()) {
            byte[] name = new byte[Math.clamp(interpreters.getFirst().filesz(), 0, MAX_INTERPRETER_BYTES)];
            LoadError error = interpreterName(source, interpreters.getFirst(), name);
            if (error != null) {
                return error;
            }
            interpreterPath = cString(name);
        }
        LoadError needs = GnuProperties.processorError(source, file, options.cpuFlags());
        return needs != null ? needs : place(file, bias(file, options), interpreterPath, options);
    }

    /** The path that PT_INTERP names, one char a byte; empty when there is none or the file cannot be run anyway. */
    public static String interpreterPath(ElfSource source) {
        ElfFile.Parsed parsed = ElfFile.parse(source);
        List<ProgramHeader> found = parsed.error() != null ? List.of() : parsed.file().ofType(ProgramHeader.PT_INTERP);
        if (found.isEmpty()) {
            return "";
        }
        byte[] name = new byte[Math.clamp(found.getFirst().filesz(), 0, MAX_INTERPRETER_BYTES)];
        return interpreterName(source, found.getFirst(), name) == null ? cString(name) : "";
    }

    /**
     * An interpreter's plan with addresses as in the file: {@link LoadPlan#movedBy} puts a position-independent one
     * where there is room. Errors are as Linux's: ELIBBAD for what is no program for this machine, EIO for a file that
     * ends too early.
     */
    public static Loaded planInterpreter(ElfSource source, Options options) {
        ElfFile.Parsed parsed = ElfFile.parse(source);
        if (parsed.error() != null) {
            return new LoadError.BadInterpreter(parsed.error());
        }
        LoadError needs = GnuProperties.processorError(source, parsed.file(), options.cpuFlags());
        return needs != null ? needs : place(parsed.file(), 0, "", options);
    }

    /** Reads the name of an interpreter, with its NUL. @return null when it is one */
    private static LoadError interpreterName(ElfSource source, ProgramHeader interpreter, byte[] name) {
        if (interpreter.filesz() < 2 || interpreter.filesz() > MAX_INTERPRETER_BYTES) {
            return new LoadError.BadHeader("interpreter name of " + interpreter.filesz() + " bytes");
        }
        if (!source.read(interpreter.offset(), name)) {
            return new LoadError.Truncated("the interpreter name");
        }
        return name[name.length - 1] == 0 ? null : new LoadError.BadHeader("interpreter name without end");
    }

    private static String cString(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\0'));
    }

    /** A name from a file, made fit for a log line. */
    static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\\x{fffd}]", "?");
    }

    /** What is added to a program's addresses. */
    private static long bias(ElfFile file, Options options) {
        if (!file.isPositionIndependent()) {
            return 0;
        }
        long baseVa = PIE_BASE;
        if (options.randomize()) {
            baseVa += (options.random() & (1L << RANDOM_BITS) - 1) * LoadPlan.PAGE_SIZE;
        }
        long align = align(file.loads());
        return (baseVa & -align) - (file.loads().getFirst().vaddr() & -LoadPlan.PAGE_SIZE & -align);
    }

    private static long align(List<ProgramHeader> loads) {
        long align = LoadPlan.PAGE_SIZE;
        for (ProgramHeader p : loads) {
            align = Math.max(align, p.align());
        }
        return align;
    }

    private static Loaded place(ElfFile file, long bias, String interpreterPath, Options options) {
        List<ProgramHeader> loads = file.loads();
        long highestVa = loads.getLast().vaddr() + loads.getLast().memsz();
        if (bias + highestVa > ElfFile.TASK_SIZE || file.header().entry() > ElfFile.TASK_SIZE - bias) {
            return new LoadError.BadHeader("a segment lies outside the user address space");
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
        long alignBytes = file.isPositionIndependent() ? align(loads) : 0;
        return new LoadPlan(List.copyOf(segments), entryVa, phdrVa(file, bias), phnum, bias, brkVa, stackExec,
                alignBytes, interpreterPath);
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
