package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Masked atomics (extended atomic operations) as Linux's mlx4_ib posts them, against a model that works bit by bit. */
class MaskedAtomicTest extends TwoCards {
    private static final int ROUNDS = 200;

    @BeforeEach
    void connect() {
        connectReliably();
    }

    @Test
    void fetchAddKeepsTheCarryInsideEachField() {
        b.ram.putLong(bufB, 0x00ff_00ff_ffff_ffffL);
        fetchAdd(bufB, 0x0001_0001_0000_0001L, 0x8000_8000_8000_8000L); // four fields of 16 bits
        assertThat(a.ram.getLong(bufA)).isEqualTo(0x00ff_00ff_ffff_ffffL);
        assertThat(b.ram.getLong(bufB)).isEqualTo(0x0100_0100_ffff_0000L);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.MASKED_ATOMIC_FA);
    }

    @Test
    void fetchAddAgreesWithAnAdderOfSingleBits() {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            long word = random.nextLong();
            long add = random.nextLong();
            long boundaries = random.nextLong() & random.nextLong() & random.nextLong();
            b.ram.putLong(bufB + 8, word);
            fetchAdd(bufB + 8, add, boundaries);
            assertThat(cqA.poll()).isNotNegative();
            assertThat(a.ram.getLong(bufA)).isEqualTo(word);
            assertThat(b.ram.getLong(bufB + 8)).as("%x + %x in %x", word, add, boundaries)
                    .isEqualTo(addBitByBit(word, add, boundaries));
        }
    }

    private static long addBitByBit(long word, long add, long boundaries) {
        long result = 0;
        long carry = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long sum = (word >>> bit & 1) + (add >>> bit & 1) + carry;
            result |= (sum & 1) << bit;
            carry = (boundaries >>> bit & 1) != 0 ? 0 : sum >>> 1;
        }
        return result;
    }

    @Test
    void compareAndSwapLooksAtAndChangesOnlyTheMaskedBits() {
        b.ram.putLong(bufB, 0x1122_3344_5566_7788L);
        compareSwap(0xffff_ffff_ffff_ffffL, 0x0000_00ff_0000_0000L, 0x77L, 0xff00L >>> 8 << 8);
        assertThat(b.ram.getLong(bufB)).as("0x77 is not in bits 8 to 15 of the comparison").isEqualTo(0x1122_3344_5566_7788L);
        compareSwap(0xffff_ffff_ffff_ffffL, 0x0000_00ff_0000_0000L, 0x7700L, 0xff00L);
        assertThat(b.ram.getLong(bufB)).isEqualTo(0x1122_33ff_5566_7788L);
        assertThat(a.ram.getLong(bufA)).isEqualTo(0x1122_3344_5566_7788L);
        compareSwap(0, -1, 0xdead_beefL, 0);
        assertThat(b.ram.getLong(bufB)).as("nothing compared, all swapped").isZero();
        cqA.poll();
        cqA.poll();
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.MASKED_ATOMIC_CS);
    }

    @Test
    void aSegmentThatDoesNotFitItsWqeIsAnError() {
        long at = qpA.nextSend();
        target(at, bufB);
        qpA.post(at, WqeOpcode.MASKED_ATOMIC_CS, 3, 0, 0);
        long cqe = cqA.poll();
        assertThat(CqEntry.OPCODE.get(a.m, cqe)).isEqualTo(CqEntry.OP_ERROR);
        assertThat(CqEntry.SYNDROME.get(a.m, cqe)).isEqualTo(Syndrome.LOCAL_QP_OP);
    }

    private void target(long at, long va) {
        RemoteAddrSegment.ADDRESS.set(a.m, at + 16, va);
        RemoteAddrSegment.RKEY.set(a.m, at + 16, keyB);
    }

    private void fetchAdd(long va, long add, long boundaries) {
        long at = qpA.nextSend();
        target(at, va);
        AtomicSegment.SWAP_ADD.set(a.m, at + 32, add);
        AtomicSegment.COMPARE.set(a.m, at + 32, boundaries);
        qpA.data(at + 48, keyA, bufA, 8);
        qpA.post(at, WqeOpcode.MASKED_ATOMIC_FA, 4, 0, 0);
    }

    /** Takes two slots of the ring. */
    private void compareSwap(long swap, long swapMask, long compare, long compareMask) {
        long at = qpA.nextSend();
        a.ram.zero(at + 64, 64);
        target(at, bufB);
        AtomicSegment.SWAP_ADD.set(a.m, at + 32, swap);
        AtomicSegment.COMPARE.set(a.m, at + 32, compare);
        AtomicSegment.SWAP_ADD_MASK.set(a.m, at + 32, swapMask);
        AtomicSegment.COMPARE_MASK.set(a.m, at + 32, compareMask);
        DataSegment.COUNT_WORD.set(a.m, at + 64, 8);
        DataSegment.LKEY.set(a.m, at + 64, keyA);
        DataSegment.ADDRESS.set(a.m, at + 64, bufA);
        qpA.post(at, WqeOpcode.MASKED_ATOMIC_CS, 5, 0, 0);
        qpA.sendHead++;
    }
}
