package org.legoos.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the host's compiler makes, and what the host has. */
class RealProgramTest {
    private static final String PROGRAM = "int answer(int x) { return x + 42; }\nint main(void) { return answer(0); }\n";

    @TempDir
    Path dir;

    private byte[] compile(String... options) throws IOException, InterruptedException {
        Path gcc = Path.of("/usr/bin/gcc");
        assumeTrue(Files.isExecutable(gcc), "no gcc");
        Path source = Files.writeString(dir.resolve("p.c"), PROGRAM);
        Path out = dir.resolve("p");
        List<String> command = new java.util.ArrayList<>(List.of(gcc.toString(), "-O0", "-o", out.toString(), source.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assumeTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
        return Files.readAllBytes(out);
    }

    private static Loaded plan(byte[] file) {
        return ElfLoader.plan(ElfSource.of(file), TinyElf.PLAIN);
    }

    @Test
    void staticProgram() throws Exception {
        byte[] file = compile("-static");
        LoadPlan plan = (LoadPlan) plan(file);
        assertThat(plan.loadBias()).isZero();
        assertThat(plan.phdrVa()).isEqualTo(0x400040);
        assertThat(plan.segments()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(plan.segments().getFirst().startVa()).isEqualTo(0x400000);
        assertThat(plan.isStackExecutable()).isFalse();
        assertThat(SymbolTable.read(ElfSource.of(file), 0).describe(plan.entryVa())).isEqualTo("_start+0x0");
    }

    @Test
    void staticPie() throws Exception {
        byte[] file = compile("-static-pie");
        LoadPlan plan = (LoadPlan) plan(file);
        assertThat(plan.loadBias()).isEqualTo(ElfLoader.PIE_BASE);
        SymbolTable symbols = SymbolTable.read(ElfSource.of(file), plan.loadBias());
        assertThat(symbols.describe(plan.entryVa() + 1)).isEqualTo("_start+0x1");
        assertThat(symbols.describe(0x1000)).isNull();
    }

    @Test
    void executableStackIsSeen() throws Exception {
        assertThat(((LoadPlan) plan(compile("-static", "-z", "execstack"))).isStackExecutable()).isTrue();
    }

    @Test
    void dynamicProgramNamesItsInterpreter() throws Exception {
        assertThat(((LoadPlan) plan(compile())).interpreterPath()).isEqualTo("/lib64/ld-linux-x86-64.so.2");
    }

    @Test
    void levelThatTheLinkerNotesIsChecked() throws Exception {
        byte[] file = compile("-static", "-z", "x86-64-v3");
        Loaded poor = ElfLoader.plan(ElfSource.of(file), new ElfLoader.Options(Set.of("sse4_2"), false, 0));
        assertThat(((LoadError) poor).message()).contains("x86-64-v3").contains("avx2");
    }
}
