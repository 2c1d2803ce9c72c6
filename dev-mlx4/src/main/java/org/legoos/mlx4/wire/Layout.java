package org.legoos.mlx4.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A header as a whole: its name, size and fields. For whoever wants to show or copy a header field by field; the fast
 * paths use the fields themselves.
 */
public record Layout(String name, int sizeBytes, List<Field> fields, List<LongField> longFields) {
    public static final Layout LRH = new Layout("LRH", Lrh.SIZE, Lrh.FIELDS, List.of());
    public static final Layout GRH = new Layout("GRH", Grh.SIZE, Grh.FIELDS, Grh.LONG_FIELDS);
    public static final Layout BTH = new Layout("BTH", Bth.SIZE, Bth.FIELDS, List.of());
    public static final Layout DETH = new Layout("DETH", Deth.SIZE, Deth.FIELDS, List.of());
    public static final Layout RETH = new Layout("RETH", Reth.SIZE, Reth.FIELDS, Reth.LONG_FIELDS);
    public static final Layout ATOMIC_ETH =
            new Layout("AtomicETH", AtomicEth.SIZE, AtomicEth.FIELDS, AtomicEth.LONG_FIELDS);
    public static final Layout MASKED_ATOMIC_ETH = new Layout("MaskedAtomicETH", MaskedAtomicEth.SIZE,
            MaskedAtomicEth.FIELDS, MaskedAtomicEth.LONG_FIELDS);
    public static final Layout XRC_ETH = new Layout("XRCETH", XrcEth.SIZE, XrcEth.FIELDS, List.of());
    public static final Layout AETH = new Layout("AETH", Aeth.SIZE, Aeth.FIELDS, List.of());
    public static final Layout ATOMIC_AETH = new Layout("AETH AtomicAckETH", Aeth.SIZE + Aeth.ATOMIC_ACK_SIZE,
            Aeth.FIELDS, List.of(Aeth.ORIGINAL_DATA));
    public static final Layout IMMEDIATE = new Layout("ImmDt/IETH", ImmDt.SIZE, ImmDt.FIELDS, List.of());
    public static final Layout IPV4 = new Layout("IPv4", Ipv4.SIZE, Ipv4.FIELDS, List.of());
    public static final Layout IPV6 = new Layout("IPv6", Ipv6.SIZE, Ipv6.FIELDS, Ipv6.LONG_FIELDS);
    public static final Layout UDP = new Layout("UDP", Udp.SIZE, Udp.FIELDS, List.of());

    /** The extension headers of an opcode in their order; empty for unknown ones. */
    public static List<Layout> extensions(int opcode) {
        int flags = OpCode.flags(opcode);
        List<Layout> list = new ArrayList<>();
        boolean writeStarts = (flags & OpCode.IS_WRITE) != 0 && (flags & OpCode.STARTS) != 0;
        if ((flags & OpCode.HAS_XRC_ETH) != 0) {
            list.add(XRC_ETH);
        }
        if (flags != 0 && OpCode.service(opcode) == OpCode.UD) {
            list.add(DETH);
        }
        if (writeStarts || (flags & OpCode.IS_READ_REQUEST) != 0) {
            list.add(RETH);
        }
        if ((flags & OpCode.IS_ATOMIC) != 0) {
            list.add((flags & OpCode.IS_MASKED) != 0 ? MASKED_ATOMIC_ETH : ATOMIC_ETH);
        }
        if ((flags & OpCode.IS_ATOMIC_ACK) != 0) {
            list.add(ATOMIC_AETH);
        } else if ((flags & OpCode.RESPONSE) != 0 && OpCode.extensionBytes(opcode) > 0) {
            list.add(AETH);
        }
        if ((flags & (OpCode.HAS_IMMEDIATE | OpCode.HAS_INVALIDATE)) != 0) {
            list.add(IMMEDIATE);
        }
        return list;
    }

    /** Appends "NAME field=value ..." of the header at headerAt. */
    public void describe(byte[] bytes, int headerAt, StringBuilder out) {
        out.append(name);
        for (Field field : fields) {
            out.append(' ').append(field.name()).append('=').append(Integer.toHexString(field.get(bytes, headerAt)));
        }
        for (LongField field : longFields) {
            out.append(' ').append(field.name()).append('=').append(Long.toHexString(field.get(bytes, headerAt)));
        }
    }
}
