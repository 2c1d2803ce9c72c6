package org.legoos.isa.capstone;

import java.util.HexFormat;

/** One disassembled instruction. */
public record Instruction(long va, byte[] bytes, String mnemonic, String operands) {
    @Override
    public String toString() {
        return String.format("%016x  %-30s %s %s", va, HexFormat.ofDelimiter(" ").formatHex(bytes), mnemonic, operands)
                .stripTrailing();
    }
}
