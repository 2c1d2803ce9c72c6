package org.legoos.kernel.ib.ipoib;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.mad.Gid;

/** A link-layer address of IPoIB (RFC 4391, 9.1.1): a queue pair and the port that it is at. */
public record LinkAddress(int qpn, Gid gid) {
    static final int SIZE_BYTES = 20;
    private static final Field QPN = Field.bits(0, 23, 0);
    private static final int GID = 4;

    static LinkAddress at(byte[] bytes, int offset) {
        return new LinkAddress(QPN.get(MemorySegment.ofArray(bytes), offset), Gid.at(bytes, offset + GID));
    }

    /** Flags are 0: no connected mode. */
    void put(byte[] bytes, int offset) {
        Field.word32(0).set(MemorySegment.ofArray(bytes), offset, QPN.of0(qpn));
        gid.put(bytes, offset + GID);
    }
}
