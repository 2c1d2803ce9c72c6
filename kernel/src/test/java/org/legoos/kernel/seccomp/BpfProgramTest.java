package org.legoos.kernel.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.Le;

/** Classic BPF: what is refused, what runs, and that nothing random gets out of its bounds or does not end. */
class BpfProgramTest {
    private static final int ALLOW = SeccompAction.ALLOW;
    private final int[] data = new int[BpfProgram.DATA_WORDS];

    private static byte[] image(int... codeJtJfK) {
        byte[] image = new byte[codeJtJfK.length / 4 * BpfProgram.INSTRUCTION_BYTES];
        for (int i = 0; i < codeJtJfK.length / 4; i++) {
            int at = i * BpfProgram.INSTRUCTION_BYTES;
            Le.putInt(image, at, codeJtJfK[4 * i] | codeJtJfK[4 * i + 1] << 16 | codeJtJfK[4 * i + 2] << 24);
            Le.putInt(image, at + 4, codeJtJfK[4 * i + 3]);
        }
        return image;
    }

    private static BpfProgram program(int... codeJtJfK) {
        return BpfProgram.parse(image(codeJtJfK));
    }

    @Test
    void decidesByNumber() {
        BpfProgram filter = program(
                BpfCode.LD_W_ABS, 0, 0, 0,
                BpfCode.JEQ, 0, 1, 39,
                BpfCode.RET_K, 0, 0, SeccompAction.ERRNO | 5,
                BpfCode.RET_K, 0, 0, ALLOW);
        data[0] = 39;
        assertThat(filter.run(data)).isEqualTo(SeccompAction.ERRNO | 5);
        data[0] = 40;
        assertThat(filter.run(data)).isEqualTo(ALLOW);
    }

    @Test
    void computes() {
        assertThat(program(BpfCode.LD_IMM, 0, 0, 100, BpfCode.DIV, 0, 0, 7, BpfCode.RET_A, 0, 0, 0).run(data)).isEqualTo(14);
        assertThat(program(BpfCode.LD_IMM, 0, 0, -1, BpfCode.RSH, 0, 0, 28, BpfCode.RET_A, 0, 0, 0).run(data)).isEqualTo(15);
        assertThat(program(BpfCode.LD_IMM, 0, 0, 3, BpfCode.TAX, 0, 0, 0, BpfCode.MUL | BpfCode.SRC_X, 0, 0, 0,
                BpfCode.ST, 0, 0, 5, BpfCode.LD_IMM, 0, 0, 1, BpfCode.LD_MEM, 0, 0, 5, BpfCode.RET_A, 0, 0, 0).run(data))
                .isEqualTo(9);
        assertThat(program(BpfCode.LD_IMM, 0, 0, 3, BpfCode.DIV | BpfCode.SRC_X, 0, 0, 0, BpfCode.RET_K, 0, 0, ALLOW)
                .run(data)).isZero();
    }

    @Test
    void badProgramsAreRefused() {
        assertThat(BpfProgram.parse(new byte[0])).isNull();
        assertThat(program(BpfCode.LD_IMM, 0, 0, 1)).as("does not return").isNull();
        assertThat(program(BpfCode.JA, 0, 0, 5, BpfCode.RET_K, 0, 0, 0)).as("jumps out").isNull();
        assertThat(program(BpfCode.JEQ, 0, 1, 5, BpfCode.RET_K, 0, 0, 0)).as("jumps out").isNull();
        assertThat(program(BpfCode.LD_W_ABS, 0, 0, 64, BpfCode.RET_K, 0, 0, 0)).as("beyond the data").isNull();
        assertThat(program(BpfCode.LD_W_ABS, 0, 0, 2, BpfCode.RET_K, 0, 0, 0)).as("misaligned").isNull();
        assertThat(program(BpfCode.DIV, 0, 0, 0, BpfCode.RET_K, 0, 0, 0)).as("division by 0").isNull();
        assertThat(program(BpfCode.LSH, 0, 0, 32, BpfCode.RET_K, 0, 0, 0)).as("shift").isNull();
        assertThat(program(BpfCode.LD_MEM, 0, 0, 1, BpfCode.RET_K, 0, 0, 0)).as("not written").isNull();
        assertThat(program(0x30, 0, 0, 0, BpfCode.RET_K, 0, 0, 0)).as("LD B ABS").isNull();
    }

    @Test
    void theStrictestFilterCounts() {
        FilterChain chain = null;
        for (int action : new int[] {ALLOW, SeccompAction.ERRNO | 1, SeccompAction.LOG, SeccompAction.TRACE}) {
            chain = FilterChain.add(program(BpfCode.RET_K, 0, 0, action), chain, false);
        }
        assertThat(chain.evaluate(data)).isEqualTo(SeccompAction.ERRNO | 1);
        assertThat(FilterChain.add(program(BpfCode.RET_K, 0, 0, SeccompAction.KILL_PROCESS), chain, false).evaluate(data))
                .isEqualTo(SeccompAction.KILL_PROCESS);
        assertThat(FilterChain.isBegunBy(chain, chain.older())).isTrue();
        assertThat(FilterChain.isBegunBy(chain.older(), chain)).isFalse();
    }

    @Test
    void randomProgramsEndOrAreRefused() {
        Random random = new Random(7);
        int[] codes = {0x20, 0x80, 0x81, 0, 1, 0x60, 0x61, 2, 3, 7, 0x87, 6, 0x16, 4, 0xc, 0x34, 0x3c, 0x64, 0x6c, 0x84, 5, 0x15,
            0x25, 0x35, 0x45, 0x1d, 0x30, 0x94};
        int good = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] image = new byte[BpfProgram.INSTRUCTION_BYTES * (1 + random.nextInt(12))];
            for (int at = 0; at < image.length; at += BpfProgram.INSTRUCTION_BYTES) {
                boolean isLast = at + BpfProgram.INSTRUCTION_BYTES == image.length;
                int code = isLast ? BpfCode.RET_A : codes[random.nextInt(codes.length)];
                Le.putInt(image, at, code | random.nextInt(4) << 16 | random.nextInt(4) << 24);
                Le.putInt(image, at + 4, random.nextInt(-2, 20));
            }
            BpfProgram program = BpfProgram.parse(image);
            if (program != null) {
                program.run(data);
                good++;
            }
        }
        assertThat(good).isGreaterThan(100);
    }
}
