package org.legoos.isa.capstone;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.legoos.isa.natives.NativeLibraries;

/** The binding of libcapstone 4 and 5 (capstone.h); both lay cs_insn out alike up to the operand text. */
final class Capstone {
    private static final int ARCH_X86 = 3;
    private static final int MODE_64 = 1 << 3;

    private static final NativeLibraries.Wanted WANTED = new NativeLibraries.Wanted(
            "capstone", List.of("libcapstone.so.5", "libcapstone.so.4"), "^libcapstone[0-9]", List.of("."),
            library -> library.find("cs_open").isPresent());

    private final SymbolLookup library;
    private final MethodHandle disassemble;
    private final MethodHandle free;
    private final long handle;
    /** cs_insn: unsigned id, (alias id in 6), u64 address, u16 size, u8 bytes[16 or 24], char mnemonic[32], op_str[160]. */
    private final int bytesLength;

    private Capstone(SymbolLookup library) throws Throwable {
        this.library = library;
        bytesLength = version().startsWith("4") ? 16 : 24;
        disassemble = bind("cs_disasm", FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS));
        free = bind("cs_free", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG));
        MethodHandle open = bind("cs_open", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            int error = (int) open.invokeExact(ARCH_X86, MODE_64, out);
            if (error != 0) {
                throw new IllegalStateException("cs_open failed with error " + error);
            }
            handle = out.get(JAVA_LONG, 0);
        }
    }

    /** Empty when the library cannot be had: disassembly is a convenience. */
    static Optional<Capstone> load() {
        try {
            return Optional.of(new Capstone(NativeLibraries.findOrFetch(WANTED)));
        } catch (Throwable t) {
            System.err.println("legoos: no disassembly: " + t.getMessage());
            return Optional.empty();
        }
    }

    private MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor);
    }

    String version() {
        try {
            MethodHandle version = bind("cs_version", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
            int combined = (int) version.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
            return (combined >> 8) + "." + (combined & 0xff);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /** The handle is not safe for concurrent use. */
    synchronized Optional<Instruction> decode(Arena arena, MemorySegment text, long va) {
        try {
            MemorySegment out = arena.allocate(ADDRESS);
            long count = (long) disassemble.invokeExact(handle, text, text.byteSize(), va, 1L, out);
            if (count != 1) {
                return Optional.empty();
            }
            MemorySegment found = out.get(ADDRESS, 0);
            try {
                return Optional.of(instruction(found, va));
            } finally {
                free.invokeExact(found, count);
            }
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private Instruction instruction(MemorySegment pointer, long va) {
        long bytesAt = MemoryLayout.structLayout(JAVA_INT, MemoryLayout.paddingLayout(4), JAVA_LONG, JAVA_SHORT).byteSize();
        long mnemonicAt = bytesAt + bytesLength;
        long operandsAt = mnemonicAt + 32;
        MemorySegment instruction = pointer.reinterpret(operandsAt + 160);
        int length = instruction.get(JAVA_SHORT, bytesAt - JAVA_SHORT.byteSize());
        return new Instruction(va, instruction.asSlice(bytesAt, length).toArray(JAVA_BYTE),
                instruction.getString(mnemonicAt), instruction.getString(operandsAt));
    }
}
