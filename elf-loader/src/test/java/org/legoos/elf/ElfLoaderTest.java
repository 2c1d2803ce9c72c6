package org.legoos.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElfLoaderTest {
    private static String error(Loaded loaded) {
        assertThat(loaded).isInstanceOf(LoadError.class);
        assertThat(((LoadError) loaded).message()).doesNotContain("\n");
        return ((LoadError) loaded).message();
    }

    private static Loaded plan(byte[] file) {
        return ElfLoader.plan(ElfSource.of(file), TinyElf.PLAIN);
    }

    @Test
    void placesAStaticProgramWhereItSays() {
        LoadPlan plan = (LoadPlan) TinyElf.program().plan();
        assertThat(plan.entryVa()).isEqualTo(0x401000);
        assertThat(plan.phdrVa()).isEqualTo(0x400040);
        assertThat(plan.phnum()).isEqualTo(3);
        assertThat(plan.segments()).hasSize(3);
        LoadPlan.Segment data = plan.segments().get(2);
        assertThat(data.prot()).isEqualTo(LoadPlan.PROT_READ | LoadPlan.PROT_WRITE);
        assertThat(data.startVa()).isEqualTo(0x404000);
        assertThat(data.startOffset()).isEqualTo(0x2000);
        assertThat(data.fileEndVa()).isEqualTo(0x405000);
        assertThat(data.endVa()).isEqualTo(0x408000);
        assertThat(plan.brkStartVa()).isEqualTo(0x408000);
        assertThat(plan.isStackExecutable()).isFalse();
    }

    @Test
    void placesAPositionIndependentProgramAtTwoThirds() {
        TinyElf elf = new TinyElf();
        elf.type = 3;
        elf.entry = 0x1040;
        elf.add(1, 4, 0, 0, 0x200, 0x200, 0x1000).add(1, 5, 0x1000, 0x1000, 0x800, 0x800, 0x1000);
        LoadPlan plan = (LoadPlan) elf.plan();
        assertThat(plan.loadBias()).isEqualTo(0x555555554000L);
        assertThat(plan.entryVa()).isEqualTo(0x555555555040L);
        elf.add(1, 6, 0x2000, 0x200000, 0x10, 0x10, 0x200000);
        assertThat(((LoadPlan) elf.plan()).loadBias()).as("2 MiB alignment").isEqualTo(0x555555400000L);
    }

    @Test
    void randomisesOnlyWhenAsked() {
        byte[] file = TinyElf.program().bytes();
        Loaded fixed = ElfLoader.plan(ElfSource.of(file), new ElfLoader.Options(Set.of(), false, -1L));
        assertThat(fixed).isEqualTo(plan(file));
        LoadPlan moved = (LoadPlan) ElfLoader.plan(ElfSource.of(file), new ElfLoader.Options(Set.of(), true, 77L << 28));
        assertThat(moved.entryVa()).as("ET_EXEC stays").isEqualTo(0x401000);
        assertThat(moved.brkStartVa()).isEqualTo(0x408000 + 77 * 4096);
    }

    @Test
    void stackIsExecutableOnlyWhenTheFileSaysSo() {
        assertThat(((LoadPlan) TinyElf.program().add(0x6474e551, 7, 0, 0, 0, 0, 16).plan()).isStackExecutable())
                .isTrue();
        assertThat(((LoadPlan) TinyElf.program().add(0x6474e551, 6, 0, 0, 0, 0, 16).plan()).isStackExecutable())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoProgram() {
        assertThat(error(plan("#!/bin/sh\n".getBytes()))).isEqualTo("not an ELF file");
        assertThat(error(plan(new byte[0]))).isEqualTo("not an ELF file");
        byte[] file = TinyElf.program().bytes();
        file[4] = 1;
        assertThat(error(plan(file))).contains("32-bit");
        assertThat(error(plan(java.util.Arrays.copyOf(TinyElf.program().bytes(), 40)))).contains("truncated");
        TinyElf arm = TinyElf.program();
        arm.machine = 183;
        assertThat(error(arm.plan())).contains("AArch64");
        TinyElf object = TinyElf.program();
        object.type = 1;
        assertThat(error(object.plan())).contains("relocatable");
        TinyElf core = TinyElf.program();
        core.type = 4;
        assertThat(error(core.plan())).contains("core");
    }

    @Test
    void refusesHeadersThatLie() {
        TinyElf noHeaders = new TinyElf();
        assertThat(error(noHeaders.plan())).contains("no program headers");
        TinyElf manyHeaders = TinyElf.program();
        manyHeaders.phnum = 0xffff;
        assertThat(error(manyHeaders.plan())).contains("65535 program headers");
        TinyElf entrySize = TinyElf.program();
        entrySize.phentsize = 32;
        assertThat(error(entrySize.plan())).contains("program headers of 32 bytes");
        TinyElf farTable = TinyElf.program();
        farTable.phoff = Long.MAX_VALUE;
        assertThat(error(farTable.plan())).contains("truncated");
        TinyElf nothing = new TinyElf().add(1, 5, 0, 0x400000, 0, 0, 0);
        assertThat(error(nothing.plan())).contains("no segment");
        TinyElf entry = TinyElf.program();
        entry.entry = -1;
        assertThat(error(entry.plan())).contains("entry point 0xffffffffffffffff");
    }

    @Test
    void refusesSegmentsThatLie() {
        assertThat(error(new TinyElf().add(1, 5, 0x1000, 0x400000, 0x20, 0x10, 0x1000).plan())).contains("larger in the file");
        assertThat(error(new TinyElf().add(1, 5, 0x1000, 0x400000, 0x8000, 0x8000, 0x1000).plan())).contains("truncated");
        assertThat(error(new TinyElf().add(1, 5, Long.MAX_VALUE & -4096, 0x400000, 0x1000, 0x1000, 0x1000).plan()))
                .contains("truncated");
        assertThat(error(new TinyElf().add(1, 5, 0x1001, 0x400000, 0x10, 0x10, 0x1000).plan())).contains("congruent");
        assertThat(error(new TinyElf().add(1, 5, 0, 0x400000, 0, 1L << 47, 0x1000).plan())).contains("user address space");
        assertThat(error(new TinyElf().add(1, 5, 0, -4096, 0, 8192, 0x1000).plan())).as("wrap-around").contains("user address space");
        assertThat(error(new TinyElf().add(1, 5, 0, 0x7ffffffff000L, 0, 4096, 0x1000).plan())).contains("user address space");
        assertThat(error(new TinyElf().add(1, 5, 0, 0x400000, 0x10, 0x10, 3).plan())).contains("alignment");
        assertThat(error(TinyElf.program().add(1, 6, 0x1000, 0x401000, 8, 8, 0x1000).plan())).contains("overlap");
        TinyElf pie = new TinyElf().add(1, 5, 0, 0, 0, 0x7ff000000000L, 0x1000);
        pie.type = 3;
        pie.entry = 0;
        assertThat(error(pie.plan())).contains("user address space");
    }

    @Test
    void segmentsMayShareAPage() {
        Loaded loaded = TinyElf.program().add(1, 6, 0x2800, 0x407800, 0x10, 0x10, 0x1000).plan();
        assertThat(loaded).isInstanceOf(LoadPlan.class);
    }

    @Test
    void checksThreadLocalStorage() {
        assertThat(TinyElf.program().add(7, 4, 0x2800, 0x404800, 0x10, 0x40, 8).plan()).isInstanceOf(LoadPlan.class);
        assertThat(error(TinyElf.program().add(7, 4, 0x2800, 0x404800, 0x10, 0x40, 3).plan())).contains("thread-local");
        assertThat(error(TinyElf.program().add(7, 4, 0x2800, 0x600000, 0x10, 0x40, 8).plan())).contains("outside");
        assertThat(error(TinyElf.program().add(7, 4, 0x2800, 0x404800, 0x50, 0x40, 8).plan())).contains("thread-local");
    }

    @Test
    void dynamicProgramsNameTheirInterpreter() {
        TinyElf elf = TinyElf.program().add(3, 4, 0x3000, 0x405000, 0x10, 0x10, 1);
        System.arraycopy("/lib/ld-x.so.2\0\0".getBytes(), 0, elf.content, 0x3000, 16);
        assertThat(((LoadPlan) elf.plan()).interpreterPath()).isEqualTo("/lib/ld-x.so.2");
        assertThat(ElfLoader.interpreterPath(ElfSource.of(elf.bytes()))).isEqualTo("/lib/ld-x.so.2");
        assertThat(ElfLoader.interpreterPath(ElfSource.of(TinyElf.program().bytes()))).isEmpty();
        assertThat(ElfLoader.interpreterPath(ElfSource.of(new byte[3]))).isEmpty();
        elf.content[0x300f] = 'x';
        assertThat(error(elf.plan())).contains("interpreter name without end");
        assertThat(error(TinyElf.program().add(3, 4, 0x3000, 0, 1L << 40, 0, 1).plan())).contains("interpreter");
    }

    @Test
    void interpretersAreMovedWhereThereIsRoom() {
        TinyElf elf = TinyElf.program();
        elf.type = 3;
        elf.headers.replaceAll(p -> new TinyElf.Ph(
                p.type(), p.flags(), p.offset(), p.vaddr() - 0x400000, p.filesz(), p.memsz(), 0x4000));
        elf.entry -= 0x400000;
        LoadPlan plan = (LoadPlan) ElfLoader.planInterpreter(ElfSource.of(elf.bytes()), TinyElf.PLAIN);
        assertThat(plan.segments().getFirst().startVa()).isZero();
        assertThat(plan.alignBytes()).isEqualTo(0x4000);
        assertThat(plan.spanBytes()).isEqualTo(0x8000);
        LoadPlan moved = plan.movedBy(0x7fff_0000_0000L);
        assertThat(moved.entryVa()).isEqualTo(0x7fff_0000_1000L);
        assertThat(moved.loadBias()).isEqualTo(0x7fff_0000_0000L);
        assertThat(moved.segments().getLast().va()).isEqualTo(0x7fff_0000_4800L);
        assertThat(moved.phdrVa()).isEqualTo(0x7fff_0000_0040L);
    }

    @Test
    void badInterpretersHaveLinuxsErrors() {
        LoadError text = (LoadError) ElfLoader.planInterpreter(ElfSource.of("#!/bin/sh".getBytes()), TinyElf.PLAIN);
        assertThat(text.errno()).isEqualTo(LoadError.ELIBBAD);
        TinyElf cut = TinyElf.program();
        cut.phoff = 1 << 20;
        LoadError truncated = (LoadError) ElfLoader.planInterpreter(ElfSource.of(cut.bytes()), TinyElf.PLAIN);
        assertThat(truncated.errno()).isEqualTo(LoadError.EIO);
    }

    private static TinyElf needing(int levels) {
        TinyElf elf = TinyElf.program().add(0x6474e553, 4, 0x3000, 0x405000, 0x40, 0x40, 8);
        ByteBuffer note = ByteBuffer.wrap(elf.content).order(ByteOrder.LITTLE_ENDIAN);
        // As ld writes it: an IBT/SHSTK feature property first, then the needed levels.
        note.putInt(0x3000, 4).putInt(0x3004, 32).putInt(0x3008, 5).putInt(0x300c, 0x00554e47);
        note.putInt(0x3010, 0xc0000002).putInt(0x3014, 4).putInt(0x3018, 3).putInt(0x301c, 0);
        note.putInt(0x3020, 0xc0008002).putInt(0x3024, 4).putInt(0x3028, levels).putInt(0x302c, 0);
        return elf;
    }

    @Test
    void refusesProgramsForAnotherProcessor() {
        Set<String> v2 = Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3", "bmi1", "bmi2", "abm", "movbe");
        ElfLoader.Options options = new ElfLoader.Options(v2, false, 0);
        assertThat(ElfLoader.plan(ElfSource.of(needing(3).bytes()), options)).isInstanceOf(LoadPlan.class);
        assertThat(error(ElfLoader.plan(ElfSource.of(needing(7).bytes()), options)))
                .isEqualTo("built for x86-64-v3; the processor lacks avx, avx2, f16c, fma, xsave");
        assertThat(error(ElfLoader.plan(ElfSource.of(needing(8).bytes()), options))).contains("x86-64-v4").contains("avx512f");
    }

    @Test
    void garbledNotesDemandNothing() {
        TinyElf elf = needing(8);
        ByteBuffer.wrap(elf.content).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3014, -1);
        assertThat(elf.plan()).isInstanceOf(LoadPlan.class);
        ByteBuffer.wrap(elf.content).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3004, -1);
        assertThat(elf.plan()).isInstanceOf(LoadPlan.class);
    }
}
