package org.legoos.mlx4.wire;

import java.util.List;

/**
 * What a masked atomic asks for: {@link AtomicEth}, then the two masks. The cards' own form is not published; these
 * packets have manufacturer's opcodes and are understood between cards of this model.
 */
public final class MaskedAtomicEth {
    public static final int SIZE = AtomicEth.SIZE + 2 * Long.BYTES;

    /** Which bits are swapped; of a FetchAdd, the highest bit of each field. */
    public static final LongField SWAP_OR_ADD_MASK = new LongField("Swap/AddMask", AtomicEth.SIZE);
    public static final LongField COMPARE_MASK = new LongField("CompareMask", AtomicEth.SIZE + Long.BYTES);

    public static final List<Field> FIELDS = AtomicEth.FIELDS;
    public static final List<LongField> LONG_FIELDS =
            List.of(AtomicEth.VA, AtomicEth.SWAP_OR_ADD, AtomicEth.COMPARE, SWAP_OR_ADD_MASK, COMPARE_MASK);

    private MaskedAtomicEth() {}
}
