package org.legoos.isa.capstone;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** x86-64 disassembly (Intel syntax) by libcapstone; without the library, bytes in hexadecimal. */
public final class Disassembler {
    private static final int INSTRUCTION_BYTES_MAX = 15;

    private Disassembler() {}

    /** Loaded when somebody looks at code for the first time. */
    private static final class Holder {
        static final Optional<Capstone> CAPSTONE = Capstone.load();
    }

    /** Which library is used, for people. */
    public static String describe() {
        return Holder.CAPSTONE.map(capstone -> "capstone " + capstone.version()).orElse("none (hexadecimal only)");
    }

    /**
     * Disassembles code until maxInstructions or the end. A byte that begins no instruction is shown as ".byte".
     *
     * @param va address of the first byte
     */
    public static List<Instruction> disassemble(byte[] code, long va, int maxInstructions) {
        List<Instruction> instructions = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            // Zeros behind the code: the engine may look at a full instruction length.
            MemorySegment text = arena.allocate(code.length + INSTRUCTION_BYTES_MAX);
            MemorySegment.copy(code, 0, text, JAVA_BYTE, 0, code.length);
            int at = 0;
            while (at < code.length && instructions.size() < maxInstructions) {
                Instruction next = one(arena, text, code, at, va + at);
                instructions.add(next);
                at += next.bytes().length;
            }
        }
        return instructions;
    }

    private static Instruction one(Arena arena, MemorySegment text, byte[] code, int at, long va) {
        if (Holder.CAPSTONE.isPresent()) {
            Optional<Instruction> decoded =
                    Holder.CAPSTONE.get().decode(arena, text.asSlice(at, code.length - at), va);
            if (decoded.isPresent()) {
                return decoded.get();
            }
        }
        byte[] single = Arrays.copyOfRange(code, at, at + 1);
        return new Instruction(va, single, ".byte", String.format("0x%02x", single[0] & 0xff));
    }
}
