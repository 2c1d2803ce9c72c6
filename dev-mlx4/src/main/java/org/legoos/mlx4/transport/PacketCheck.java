package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;

/** What every packet must satisfy before its headers are believed. */
final class PacketCheck {
    private PacketCheck() {}

    /** Flags of the packet's opcode; 0 when it is malformed or of another service. */
    static int flags(Packet packet, int service) {
        if (packet.headerLength < packet.bthAt + Bth.SIZE) {
            return 0;
        }
        int opcode = packet.opcode();
        boolean complete = packet.headerLength == packet.bthAt + Bth.SIZE + OpCode.extensionBytes(opcode);
        int has = OpCode.service(opcode);
        boolean fits = has == service || has == OpCode.RC_VENDOR && service == OpCode.RC;
        if (!complete || !fits || Bth.TVER.get(packet.header, packet.bthAt) != 0) {
            return 0;
        }
        int flags = OpCode.flags(opcode);
        boolean mayCarry = (flags & OpCode.HAS_PAYLOAD) != 0 || packet.payloadLength() == 0;
        return mayCarry ? flags : 0;
    }
}
