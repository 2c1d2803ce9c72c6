package org.legoos.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackImageTest {
    private static final long TOP = 0x7fff_ffff_f000L;
    private static final LoadPlan PLAN = (LoadPlan) TinyElf.program().plan();
    private static final StackImage.Identity ROOT = new StackImage.Identity(0, 0, 0, 0, 0x1234, 2);
    private static final byte[] RANDOM = "0123456789abcdef".getBytes();

    private static List<byte[]> strings(String... s) {
        return Stream.of(s).map(x -> x.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static StackImage build(List<byte[]> argv, List<byte[]> envp, long limit) {
        return StackImage.build(
                PLAN, "/bin/x".getBytes(), argv, envp, ROOT, new StackImage.Place(TOP, limit, RANDOM, 0, 0));
    }

    private record View(StackImage image) {
        long word(long va) {
            return ElfHeader.littleEndian(image.bytes()).getLong((int) (va - image.stackPointerVa()));
        }

        String string(long va) {
            int from = (int) (va - image.stackPointerVa());
            int to = from;
            while (image.bytes()[to] != 0) {
                to++;
            }
            return new String(image.bytes(), from, to - from, StandardCharsets.UTF_8);
        }
    }

    @Test
    void followsTheLayoutOfTheAbi() {
        StackImage image = build(strings("x", "", "drei"), strings("A=1", "B=zwei"), 8 << 20);
        View v = new View(image);
        long sp = image.stackPointerVa();
        assertThat(sp % 16).isZero();
        assertThat(sp + image.bytes().length).isEqualTo(TOP);
        assertThat(v.word(sp)).isEqualTo(3);
        assertThat(v.string(v.word(sp + 8))).isEqualTo("x");
        assertThat(v.string(v.word(sp + 16))).isEmpty();
        assertThat(v.string(v.word(sp + 24))).isEqualTo("drei");
        assertThat(v.word(sp + 32)).isZero();
        assertThat(v.string(v.word(sp + 40))).isEqualTo("A=1");
        assertThat(v.string(v.word(sp + 48))).isEqualTo("B=zwei");
        assertThat(v.word(sp + 56)).isZero();
        assertThat(image.auxvVa()).isEqualTo(sp + 64);
        assertThat(v.word(sp + 8)).as("strings lie in order").isEqualTo(image.argStartVa());
        assertThat(image.argEndVa()).isEqualTo(image.argStartVa() + 2 + 1 + 5).isEqualTo(image.envStartVa());
        assertThat(image.envEndVa()).isEqualTo(image.envStartVa() + 4 + 7);
        assertThat(v.string(image.envEndVa())).as("the file's name is next").isEqualTo("/bin/x");
        assertThat(v.word(TOP - 8)).isZero();
    }

    @Test
    void auxiliaryVectorTellsWhatStartupCodeReads() {
        StackImage image = build(strings("x"), List.of(), 8 << 20);
        View v = new View(image);
        List<Long> types = new ArrayList<>();
        for (long at = image.auxvVa(); ; at += 16) {
            long value = v.word(at + 8);
            types.add(v.word(at));
            switch ((int) v.word(at)) {
                case 3 -> assertThat(value).isEqualTo(0x400040);
                case 4 -> assertThat(value).isEqualTo(56);
                case 5 -> assertThat(value).isEqualTo(3);
                case 6 -> assertThat(value).isEqualTo(4096);
                case 9 -> assertThat(value).isEqualTo(0x401000);
                case 15 -> assertThat(v.string(value)).isEqualTo("x86_64");
                case 16 -> assertThat(value).isEqualTo(0x1234);
                case 17 -> assertThat(value).isEqualTo(100);
                case 25 -> assertThat(v.string(value)).startsWith("0123456789abcdef");
                case 31 -> assertThat(v.string(value)).isEqualTo("/bin/x");
                default -> { }
            }
            if (v.word(at) == 0) {
                break;
            }
        }
        assertThat(types).doesNotContain(33L).as("no vDSO").contains(3L, 9L, 25L, 31L, 0L).doesNotHaveDuplicates();
        assertThat(image.auxvBytes()).isEqualTo(types.size() * 16);
    }

    @Test
    void differentIdsAreSecure() {
        StackImage image = StackImage.build(
                PLAN, new byte[0], strings("x"), List.of(), new StackImage.Identity(1000, 0, 0, 0, 0, 0), new StackImage.Place(TOP, -1, RANDOM, 0, 0));
        View v = new View(image);
        long at = image.auxvVa();
        while (v.word(at) != AuxType.AT_SECURE) {
            at += 16;
        }
        assertThat(v.word(at + 8)).isEqualTo(1);
    }

    @Test
    void everySpecificationOfStringsIsAligned() {
        for (int n = 0; n < 40; n++) {
            StackImage image = build(strings("a".repeat(n)), strings("b".repeat(n / 2), "c"), 8 << 20);
            assertThat(image.stackPointerVa() % 16).isZero();
            assertThat(new View(image).word(image.stackPointerVa())).isEqualTo(1);
        }
        assertThat(new View(build(List.of(), List.of(), -1)).word(build(List.of(), List.of(), -1).stackPointerVa()))
                .as("empty argv gets an empty string").isEqualTo(1);
    }

    @Test
    void limitsAreLinuxs() {
        byte[] longest = new byte[131071];
        byte[] tooLong = new byte[131072];
        java.util.Arrays.fill(longest, (byte) 'a');
        java.util.Arrays.fill(tooLong, (byte) 'a');
        assertThat(build(List.of(longest), List.of(), 8 << 20)).isNotNull();
        assertThat(build(List.of(tooLong), List.of(), 8 << 20)).isNull();
        List<byte[]> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.add(longest);
        }
        assertThat(build(many, List.of(), 8 << 20)).as("below 2 MiB").isNotNull();
        many.add(longest);
        assertThat(build(many, List.of(), 8 << 20)).as("2 MiB and pointers").isNull();
        assertThat(build(many, List.of(), 64 << 20)).as("three quarters of 8 MiB").isNotNull();
        assertThat(build(List.of(), many.subList(0, 1), 4096)).as("128 KiB with the pointer").isNull();
        assertThat(build(List.of(), strings("a".repeat(100_000)), 4096)).as("always 128 KiB").isNotNull();
    }

    @Test
    void randomGapMovesTheStackPointerOnly() {
        StackImage plain = build(strings("x"), List.of(), -1);
        StackImage moved = StackImage.build(
                PLAN, "/bin/x".getBytes(), strings("x"), List.of(), ROOT, new StackImage.Place(TOP, -1, RANDOM, 4096, 0));
        assertThat(moved.argStartVa()).isEqualTo(plain.argStartVa());
        assertThat(moved.stackPointerVa()).isEqualTo(plain.stackPointerVa() - 4096);
        assertThat(ByteBuffer.wrap(moved.bytes()).remaining()).isEqualTo(plain.bytes().length + 4096);
    }
}
