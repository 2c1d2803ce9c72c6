package org.legoos.mlx4.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Packets to and from plain bytes, for wires that leave the JVM, captures, and management packets whose headers
 * software supplies. Bytes that come in are not trusted. Not thread-safe: one per sender or receiver.
 */
public final class PacketCodec {
    private final Icrc icrc = new Icrc();

    /**
     * Writes LRH to ICRC of a packet (no VCRC).
     *
     * @return bytes written, or -1 when they do not fit
     */
    public int writeInfiniBand(Packet packet, byte[] out, int at) {
        int length = writeFrom(packet, 0, out, at, Icrc.SIZE);
        if (length < 0) {
            return -1;
        }
        Icrc.put(out, at + length, icrc.ofInfiniBand(out, at, length));
        return length + Icrc.SIZE;
    }

    /**
     * Writes BTH, extension headers, payload and pad: what follows the UDP header of RoCE v2, without ICRC.
     *
     * @return bytes written, or -1 when they do not fit
     */
    public int writeTransport(Packet packet, byte[] out, int at) {
        return writeFrom(packet, packet.bthAt, out, at, 0);
    }

    /** Bytes that {@link #writeTransport} writes. */
    public static int transportBytes(Packet packet) {
        return packet.headerLength - packet.bthAt + (packet.payloadLength() + 3 & -4);
    }

    /** As the other {@code writeTransport}, into memory that has room for {@link #transportBytes}. */
    public static void writeTransport(Packet packet, MemorySegment out, long at) {
        int headers = packet.headerLength - packet.bthAt;
        int payload = packet.payloadLength();
        MemorySegment.copy(packet.header, packet.bthAt, out, ValueLayout.JAVA_BYTE, at, headers);
        packet.copyPayload(0, out, at + headers, payload);
        for (int i = headers + payload; i < headers + (payload + 3 & -4); i++) {
            out.set(ValueLayout.JAVA_BYTE, at + i, (byte) 0);
        }
    }

    private static int writeFrom(Packet packet, int headerFrom, byte[] out, int at, int reserve) {
        int headers = packet.headerLength - headerFrom;
        int payload = packet.payloadLength();
        int pad = -payload & 3;
        int length = headers + payload + pad;
        if (headers < 0 || at + length + reserve > out.length) {
            return -1;
        }
        System.arraycopy(packet.header, headerFrom, out, at, headers);
        packet.copyPayload(0, out, at + headers, payload);
        for (int i = length - pad; i < length; i++) {
            out[at + i] = 0;
        }
        return length;
    }

    /** Fills an empty packet from LRH .. ICRC; the ICRC is not checked. False when it is malformed. */
    public boolean readInfiniBand(byte[] in, int at, int length, Packet into) {
        if (length < Lrh.SIZE + Bth.SIZE + Icrc.SIZE) {
            return false;
        }
        int next = Lrh.LNH.get(in, at);
        int bthAt = Lrh.SIZE + (next == Lrh.LNH_IBA_GLOBAL ? Grh.SIZE : 0);
        boolean transport = next == Lrh.LNH_IBA_GLOBAL || next == Lrh.LNH_IBA_LOCAL;
        if (!transport || length < bthAt + Bth.SIZE + Icrc.SIZE) {
            return false;
        }
        System.arraycopy(in, at, into.header, 0, bthAt);
        return readTransport(in, at + bthAt, length - bthAt, into, bthAt);
    }

    /**
     * Fills a packet whose route headers (bthAt bytes) are in place from BTH .. ICRC. The ICRC is not checked. False
     * when it is malformed; opcodes that we do not know pass, with everything after the BTH as payload.
     */
    public boolean readTransport(byte[] in, int at, int length, Packet into, int bthAt) {
        if (length < Bth.SIZE + Icrc.SIZE) {
            return false;
        }
        int headers = Bth.SIZE + OpCode.extensionBytes(Bth.OPCODE.get(in, at));
        int payload = length - headers - Bth.PAD_COUNT.get(in, at) - Icrc.SIZE;
        if (payload < 0 || payload > Packet.PAYLOAD_MAX || bthAt + headers > Packet.HEADER_MAX) {
            return false;
        }
        into.clearPayload();
        System.arraycopy(in, at, into.header, bthAt, headers);
        into.bthAt = bthAt;
        into.headerLength = bthAt + headers;
        return into.appendCopy(MemorySegment.ofArray(in), at + headers, payload);
    }

    /**
     * As the other {@code readTransport}, from memory that somebody else may change meanwhile, without ICRC: headers are copied
     * before they are looked at.
     */
    public boolean readTransport(MemorySegment in, long at, int length, Packet into, int bthAt) {
        if (length < Bth.SIZE) {
            return false;
        }
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, at, into.header, bthAt, Bth.SIZE);
        int headers = Bth.SIZE + OpCode.extensionBytes(Bth.OPCODE.get(into.header, bthAt));
        int payload = length - headers - Bth.PAD_COUNT.get(into.header, bthAt);
        if (payload < 0 || payload > Packet.PAYLOAD_MAX || bthAt + headers > Packet.HEADER_MAX) {
            return false;
        }
        into.clearPayload();
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, at + Bth.SIZE, into.header, bthAt + Bth.SIZE, headers - Bth.SIZE);
        into.bthAt = bthAt;
        into.headerLength = bthAt + headers;
        return into.appendCopy(in, at + headers, payload);
    }

    /** Is the ICRC behind length bytes of a RoCE v2 packet (from the IP header) right? */
    public boolean checksRoceV2(byte[] in, int at, int length) {
        return icrc.ofRoceV2(in, at, length) == Icrc.get(in, at + length);
    }
}
