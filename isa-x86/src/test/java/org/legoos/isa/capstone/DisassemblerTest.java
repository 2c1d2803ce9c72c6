package org.legoos.isa.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisassemblerTest {
    private static List<Instruction> of(String hex, int max) {
        return Disassembler.disassemble(HexFormat.of().parseHex(hex), 0x40_1000, max);
    }

    @Test
    void namesInstructionsAndOperands() {
        List<Instruction> code = of("4889070f05c3", 10);
        assertThat(code).extracting(Instruction::mnemonic).containsExactly("mov", "syscall", "ret");
        assertThat(code.get(0).operands()).isEqualTo("qword ptr [rdi], rax");
        assertThat(code.get(1).va()).isEqualTo(0x40_1003);
        assertThat(code.get(1).bytes()).containsExactly(0x0f, 0x05);
    }

    @Test
    void stopsAtTheCountAndShowsWhatIsNoInstruction() {
        assertThat(of("909090", 2)).hasSize(2);
        List<Instruction> odd = of("0690", 5); // 06 is PUSH ES, which 64-bit mode does not have
        assertThat(odd).extracting(Instruction::mnemonic).containsExactly(".byte", "nop");
        assertThat(odd.get(0).operands()).isEqualTo("0x06");
        assertThat(of("48", 5)).as("cut off in the middle").extracting(Instruction::mnemonic).containsExactly(".byte");
        assertThat(of("", 5)).isEmpty();
    }
}
