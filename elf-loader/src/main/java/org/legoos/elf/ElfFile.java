package org.legoos.elf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The validated headers of an x86-64 ELF program; {@link #parse} follows the checks of Linux's binfmt_elf and adds
 * bounds.
 */
record ElfFile(ElfHeader header, List<ProgramHeader> programHeaders) {
    /** User addresses end one page below the 47-bit limit, as in Linux (TASK_SIZE). */
    static final long TASK_SIZE = (1L << 47) - LoadPlan.PAGE_SIZE;

    /** Linux: a program header table of at most 64 KiB. */
    private static final int MAX_PHNUM = 65536 / ProgramHeader.SIZE_BYTES;

    /** Longest alignment that a position-independent program gets. */
    private static final long MAX_ALIGN = 1L << 30;

    /** What parsing gives: a file or an error, one of them null. */
    record Parsed(ElfFile file, LoadError error) {}

    static Parsed parse(ElfSource source) {
        byte[] start = new byte[(int) Math.min(ElfHeader.SIZE_BYTES, Math.max(0, source.sizeBytes()))];
        if (!source.read(0, start)) {
            return failed(new LoadError.Truncated("the ELF header"));
        }
        LoadError error = ElfHeader.identError(start);
        if (error != null) {
            return failed(error);
        }
        ElfHeader header = ElfHeader.parse(start);
        error = header.kindError();
        if (error == null) {
            error = tableError(header, source.sizeBytes());
        }
        if (error != null) {
            return failed(error);
        }
        byte[] table = new byte[header.phnum() * ProgramHeader.SIZE_BYTES];
        if (!source.read(header.phoff(), table)) {
            return failed(new LoadError.Truncated("the program header table"));
        }
        ByteBuffer buffer = ElfHeader.littleEndian(table);
        List<ProgramHeader> headers = new ArrayList<>(header.phnum());
        for (int i = 0; i < header.phnum(); i++) {
            headers.add(ProgramHeader.parse(buffer, i));
        }
        ElfFile file = new ElfFile(header, List.copyOf(headers));
        error = file.segmentsError(source.sizeBytes());
        return error == null ? new Parsed(file, null) : failed(error);
    }

    private static Parsed failed(LoadError error) {
        return new Parsed(null, error);
    }

    private static LoadError tableError(ElfHeader header, long fileSizeBytes) {
        if (header.phnum() == 0) {
            return new LoadError.BadHeader("no program headers");
        }
        if (header.phentsize() != ProgramHeader.SIZE_BYTES) {
            return new LoadError.BadHeader("program headers of " + header.phentsize() + " bytes");
        }
        if (header.phnum() > MAX_PHNUM) {
            return new LoadError.BadHeader(header.phnum() + " program headers");
        }
        long tableBytes = (long) header.phnum() * ProgramHeader.SIZE_BYTES;
        if (header.phoff() < 0 || header.phoff() > fileSizeBytes - tableBytes) {
            return new LoadError.Truncated("the program header table");
        }
        return null;
    }

    List<ProgramHeader> ofType(int type) {
        return programHeaders.stream().filter(p -> p.type() == type).toList();
    }

    /** PT_LOAD segments that take room. */
    List<ProgramHeader> loads() {
        return programHeaders.stream()
                .filter(p -> p.type() == ProgramHeader.PT_LOAD && p.memsz() != 0)
                .toList();
    }

    boolean isPositionIndependent() {
        return header.type() == ElfHeader.ET_DYN;
    }

    private LoadError segmentsError(long fileSizeBytes) {
        long lastEndVa = 0;
        int count = 0;
        for (ProgramHeader p : programHeaders) {
            if (p.type() != ProgramHeader.PT_LOAD) {
                continue;
            }
            LoadError error = loadError(p, fileSizeBytes);
            if (error != null) {
                return error;
            }
            if (p.memsz() == 0) {
                continue;
            }
            if (p.vaddr() < lastEndVa) {
                return new LoadError.BadHeader("segments overlap or are not in ascending order");
            }
            lastEndVa = p.vaddr() + p.memsz();
            count++;
        }
        if (count == 0) {
            return new LoadError.BadHeader("no segment to load");
        }
        if (header.entry() < 0 || header.entry() >= TASK_SIZE) {
            return new LoadError.BadHeader("entry point 0x" + Long.toHexString(header.entry()));
        }
        return tlsError(fileSizeBytes);
    }

    private static LoadError loadError(ProgramHeader p, long fileSizeBytes) {
        if (Long.compareUnsigned(p.filesz(), p.memsz()) > 0) {
            return new LoadError.BadHeader("a segment is larger in the file than in memory");
        }
        if (!p.isBelow(TASK_SIZE)) {
            return new LoadError.BadHeader("a segment lies outside the user address space");
        }
        if (!p.hasSaneAlign() || p.align() > MAX_ALIGN || p.align() < 0) {
            return new LoadError.BadHeader("segment alignment 0x" + Long.toHexString(p.align()));
        }
        if (p.filesz() != 0 && !p.isInFile(fileSizeBytes)) {
            return new LoadError.Truncated("a segment");
        }
        if (p.filesz() != 0 && (p.vaddr() - p.offset()) % LoadPlan.PAGE_SIZE != 0) {
            return new LoadError.BadHeader("a segment's file offset and address are not congruent");
        }
        return null;
    }

    /** PT_TLS: nothing to map, but the C library copies it from where it says that it is. */
    private LoadError tlsError(long fileSizeBytes) {
        for (ProgramHeader tls : ofType(ProgramHeader.PT_TLS)) {
            if (Long.compareUnsigned(tls.filesz(), tls.memsz()) > 0 || !tls.hasSaneAlign()) {
                return new LoadError.BadHeader("thread-local storage segment");
            }
            if (!tls.isInFile(fileSizeBytes)) {
                return new LoadError.Truncated("the thread-local storage segment");
            }
            Predicate<ProgramHeader> covers = p -> tls.vaddr() >= p.vaddr()
                    && tls.vaddr() <= p.vaddr() + p.memsz()
                    && tls.filesz() <= p.vaddr() + p.memsz() - tls.vaddr();
            if (!tls.isBelow(TASK_SIZE) || tls.filesz() != 0 && loads().stream().noneMatch(covers)) {
                return new LoadError.BadHeader("thread-local storage segment outside the loaded ones");
            }
        }
        return null;
    }
}
