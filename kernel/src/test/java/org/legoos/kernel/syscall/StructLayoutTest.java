package org.legoos.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.kernel.signal.SignalFrame;
import org.legoos.kernel.syscall.abi.CStruct;
import org.legoos.kernel.syscall.abi.IovecLayout;
import org.legoos.kernel.syscall.abi.PollfdLayout;
import org.legoos.kernel.syscall.abi.RusageLayout;
import org.legoos.kernel.syscall.abi.SigeventLayout;
import org.legoos.kernel.syscall.abi.StatLayout;
import org.legoos.kernel.syscall.abi.StatfsLayout;
import org.legoos.kernel.syscall.abi.StatxLayout;
import org.legoos.kernel.syscall.abi.SysinfoLayout;
import org.legoos.kernel.syscall.abi.TmsLayout;
import org.legoos.kernel.syscall.abi.UtsnameLayout;

/** Every described structure against the host's C compiler: size and offset of each field. */
class StructLayoutTest {
    private static final List<Class<?>> LAYOUTS = List.of(StatLayout.class, StatxLayout.class, StatfsLayout.class, RusageLayout.class,
            SysinfoLayout.class, UtsnameLayout.class, PollfdLayout.class, IovecLayout.class, SigeventLayout.class, TmsLayout.class);

    @TempDir
    Path directory;

    private String compileAndRun(String source) throws IOException, InterruptedException {
        Path c = directory.resolve("t.c");
        Path program = directory.resolve("t");
        Files.writeString(c, source);
        try {
            Process gcc = new ProcessBuilder("gcc", "-w", "-D_GNU_SOURCE", "-o", program.toString(), c.toString()).inheritIO().start();
            assertThat(gcc.waitFor()).isZero();
        } catch (IOException e) {
            assumeTrue(false, "no C compiler");
        }
        Process run = new ProcessBuilder(program.toString()).start();
        return new String(run.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void offsetsAreThoseOfTheCompiler() throws Exception {
        for (Class<?> layout : LAYOUTS) {
            CStruct c = layout.getAnnotation(CStruct.class);
            StringBuilder source = new StringBuilder("#include <stdio.h>\n#include <stddef.h>\n#include <" + c.header() + ">\nint main(void) {\n");
            StringBuilder expected = new StringBuilder();
            for (Field field : layout.getFields()) {
                String name = field.getName().equals("SIZE_BYTES") ? "size" : field.getName().toLowerCase(Locale.ROOT);
                String what = field.getName().equals("SIZE") ? "sizeof(" + c.value() + ")"
                        : "offsetof(" + c.value() + ", " + c.prefix() + name + ")";
                source.append("printf(\"%d\\n\", (int) ").append(what).append(");\n");
                expected.append(field.getInt(null)).append('\n');
            }
            assertThat(compileAndRun(source.append("}\n").toString())).as(c.value()).isEqualTo(expected.toString());
        }
    }

    @Test
    void signalFrameIsTheKernels() throws Exception {
        String source = """
                #include <stdio.h>
                #include <stddef.h>
                #include <signal.h>
                #include <ucontext.h>
                #define M(r) (8 + (int) offsetof(ucontext_t, uc_mcontext.gregs[r]))
                int main(void) {
                    printf("%d %d %d %d %d %d %d %d\\n", M(REG_RIP), M(REG_EFL), M(REG_CSGSFS), M(REG_ERR), M(REG_TRAPNO),
                        M(REG_OLDMASK), M(REG_CR2), M(REG_R8));
                    printf("%d %d %d\\n", 8 + (int) offsetof(ucontext_t, uc_mcontext.fpregs), 8 + (int) offsetof(ucontext_t, uc_stack),
                        8 + (int) offsetof(ucontext_t, uc_sigmask));
                    printf("%d\\n", (int) sizeof(siginfo_t));
                }
                """;
        assertThat(compileAndRun(source)).isEqualTo("%d %d %d %d %d %d %d %d%n%d %d %d%n%d%n".formatted(SignalFrame.REG_RIP,
                SignalFrame.REG_EFL, SignalFrame.REG_CSGSFS, SignalFrame.REG_ERR, SignalFrame.REG_TRAPNO, SignalFrame.REG_OLDMASK,
                SignalFrame.REG_CR2, SignalFrame.MCONTEXT, SignalFrame.FPSTATE, SignalFrame.UC_STACK, SignalFrame.UC_SIGMASK,
                SignalFrame.FRAME_BYTES - SignalFrame.SIGINFO));
    }

    @Test
    void handlersStackIsAlignedAsAfterACall() {
        for (long rsp = 0x7fff_0000_1000L; rsp < 0x7fff_0000_1100L; rsp += 8) {
            long fpstate = SignalFrame.fpstateVa(SignalFrame.belowRedZone(rsp));
            long frame = SignalFrame.frameVa(fpstate);
            assertThat(frame & 15).isEqualTo(8);
            assertThat(fpstate & 63).isZero();
            assertThat(frame + SignalFrame.FRAME_BYTES).isLessThanOrEqualTo(fpstate);
            assertThat(fpstate + SignalFrame.FPSTATE_BYTES).isLessThanOrEqualTo(rsp - 128);
        }
    }
}
