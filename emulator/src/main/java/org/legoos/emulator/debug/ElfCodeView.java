package org.legoos.emulator.debug;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.legoos.elf.SymbolTable;
import org.legoos.emulator.cluster.GuestPaths;
import org.legoos.isa.capstone.Disassembler;
import org.legoos.isa.capstone.Instruction;
import org.legoos.managers.processor.core.CodeView;

/** Shows people code: instructions by Capstone, symbols from the ELF files that the launcher put into the cluster. */
public final class ElfCodeView implements CodeView {
    /** Where the memory node loads position-independent programs without randomisation. */
    private static final long PIE_BASE = 0x5555_5555_4000L;

    private final Map<String, Path> files;
    private final Map<String, SymbolTable> tables = new ConcurrentHashMap<>();

    public ElfCodeView(Map<String, Path> files) {
        Map<String, Path> byKernelPath = new java.util.HashMap<>();
        files.forEach((path, host) -> byKernelPath.put(GuestPaths.bytesAsChars(path), host));
        this.files = Map.copyOf(byKernelPath);
    }

    @Override
    public String instruction(byte[] code, int lengthBytes, long guestVa) {
        List<Instruction> found = Disassembler.disassemble(Arrays.copyOf(code, lengthBytes), guestVa, 1);
        return found.isEmpty() ? null : (found.getFirst().mnemonic() + " " + found.getFirst().operands()).strip();
    }

    @Override
    public String symbol(String path, long guestVa) {
        Path host = files.get(path);
        if (host == null) {
            return null;
        }
        long bias = guestVa >= PIE_BASE && guestVa < PIE_BASE + (1L << 40) ? PIE_BASE : 0;
        return tables.computeIfAbsent(path + bias, key -> SymbolTable.read(HostElf.open(host), bias)).describe(guestVa);
    }
}
