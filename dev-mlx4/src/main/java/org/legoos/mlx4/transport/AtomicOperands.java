package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.AtomicEth;
import org.legoos.mlx4.wire.MaskedAtomicEth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;

/**
 * What an atomic request does to a word, as its packet says it. Plain atomics are masked ones whose masks take the word
 * as a whole (Linux, struct ib_atomic_wr: compare_add_mask, swap_mask).
 */
public final class AtomicOperands {
    private static final long WHOLE_WORD = -1;
    private static final long ONE_FIELD = 1L << 63;

    private boolean isCompareSwap;
    private long swapOrAdd;
    private long compare;
    private long swapOrAddMask;
    private long compareMask;

    /** Reads the operands of an atomic's packet. */
    void read(Packet packet, int flags) {
        byte[] bytes = packet.header;
        int at = packet.extensionAt();
        isCompareSwap = OpCode.operation(packet.opcode()) == OpCode.COMPARE_SWAP;
        swapOrAdd = AtomicEth.SWAP_OR_ADD.get(bytes, at);
        compare = AtomicEth.COMPARE.get(bytes, at);
        if ((flags & OpCode.IS_MASKED) != 0) {
            swapOrAddMask = MaskedAtomicEth.SWAP_OR_ADD_MASK.get(bytes, at);
            compareMask = MaskedAtomicEth.COMPARE_MASK.get(bytes, at);
        } else {
            swapOrAddMask = isCompareSwap ? WHOLE_WORD : ONE_FIELD;
            compareMask = WHOLE_WORD;
        }
    }

    /** The word's new value, which may be its old one. */
    public long apply(long word) {
        if (isCompareSwap) {
            boolean isEqual = ((compare ^ word) & compareMask) == 0;
            return isEqual ? word & ~swapOrAddMask | swapOrAdd & swapOrAddMask : word;
        }
        // Each mask bit is the highest of a field, whose carry is lost: add the fields without those bits, then them.
        long highest = swapOrAddMask;
        return (word & ~highest) + (swapOrAdd & ~highest) ^ (word ^ swapOrAdd) & highest;
    }
}
