package org.legoos.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares with a stack that Linux made: that of the test's own process, as /proc/self shows it. */
class LinuxStackTest {
    private static final Path SELF = Path.of("/proc/self");

    private static List<byte[]> split(byte[] strings) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < strings.length; i++) {
            if (strings[i] == 0) {
                parts.add(Arrays.copyOfRange(strings, from, i));
                from = i + 1;
            }
        }
        return parts;
    }

    private static byte[] memory(long va, long lengthBytes) throws IOException {
        try (FileChannel mem = FileChannel.open(SELF.resolve("mem"))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) lengthBytes);
            while (bytes.hasRemaining() && mem.read(bytes, va + bytes.position()) > 0) {
                continue;
            }
            assertThat(bytes.hasRemaining()).isFalse();
            return bytes.array();
        }
    }

    private static long[] auxv() throws IOException {
        ByteBuffer b = ElfHeader.littleEndian(Files.readAllBytes(SELF.resolve("auxv")));
        long[] words = new long[b.capacity() / 8];
        b.asLongBuffer().get(words);
        return words;
    }

    private static long value(long[] auxv, int type) {
        for (int i = 0; i < auxv.length; i += 2) {
            if (auxv[i] == type) {
                return auxv[i + 1];
            }
        }
        return 0;
    }

    @Test
    void stringsLieWhereLinuxPutsThem() throws IOException {
        assumeTrue(Files.isReadable(SELF.resolve("mem")) && Files.isReadable(SELF.resolve("auxv")));
        String maps = Files.readString(SELF.resolve("maps"));
        String stack = maps.lines().filter(l -> l.endsWith("[stack]")).findFirst().orElse("");
        assumeTrue(!stack.isEmpty());
        long topVa = Long.parseUnsignedLong(stack.substring(stack.indexOf('-') + 1, stack.indexOf(' ')), 16);
        String stat = Files.readString(SELF.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long argStart = Long.parseLong(fields[45]); // field 48 of proc(5)
        long argEnd = Long.parseLong(fields[46]);
        long envStart = Long.parseLong(fields[47]);
        long envEnd = Long.parseLong(fields[48].trim());
        assumeTrue(argStart != 0);
        byte[] execfn = split(memory(envEnd, topVa - envEnd)).getFirst();

        StackImage ours = StackImage.build(
                (LoadPlan) TinyElf.program().plan(),
                execfn,
                split(memory(argStart, argEnd - argStart)),
                split(memory(envStart, envEnd - envStart)),
                new StackImage.Identity(0, 0, 0, 0, 0, 0),
                new StackImage.Place(topVa, -1, new byte[16], 0, 0));

        assertThat(ours.argStartVa()).isEqualTo(argStart);
        assertThat(ours.argEndVa()).isEqualTo(argEnd);
        assertThat(ours.envStartVa()).isEqualTo(envStart);
        assertThat(ours.envEndVa()).isEqualTo(envEnd);
        assertThat(value(auxv(), AuxType.AT_EXECFN)).as("AT_EXECFN").isEqualTo(envEnd);
        int from = (int) (argStart - ours.stackPointerVa());
        assertThat(Arrays.copyOfRange(ours.bytes(), from, ours.bytes().length)).isEqualTo(memory(argStart, topVa - argStart));
    }

    @Test
    void auxiliaryVectorHasLinuxsOrder() throws IOException {
        assumeTrue(Files.isReadable(SELF.resolve("auxv")));
        List<Long> linux = new ArrayList<>();
        long[] host = auxv();
        for (int i = 0; i < host.length; i += 2) {
            linux.add(host[i]);
        }
        StackImage ours = StackImage.build(
                (LoadPlan) TinyElf.program().plan(),
                new byte[0],
                List.of(),
                List.of(),
                new StackImage.Identity(0, 0, 0, 0, 0, 0),
                new StackImage.Place(0x7ffffffff000L, -1, new byte[16], 0, 0));
        List<Long> types = new ArrayList<>();
        ByteBuffer b = ElfHeader.littleEndian(ours.bytes());
        for (int at = 0; at < ours.auxvBytes(); at += 16) {
            types.add(b.getLong((int) (ours.auxvVa() - ours.stackPointerVa()) + at));
        }
        linux.retainAll(types);
        types.retainAll(linux);
        assertThat(types).isEqualTo(linux).hasSizeGreaterThan(12);
    }
}
