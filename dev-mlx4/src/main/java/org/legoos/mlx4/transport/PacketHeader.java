package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Grh;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Psn;

/** LRH, GRH and BTH of a path, made once and copied into each packet. */
final class PacketHeader {
    private final byte[] template = new byte[Lrh.SIZE + Grh.SIZE + Bth.SIZE];
    private int bthAt = Lrh.SIZE;
    private int pathBits;
    private boolean forceLoopback;
    private int service;

    /** The service that {@link #begin} adds to an opcode; RC if never called. */
    void setService(int newService) {
        service = newService;
    }

    /** Fills the template from a path. */
    void set(PathAddress path, int destQpn, int pKey) {
        java.util.Arrays.fill(template, (byte) 0);
        pathBits = path.pathBits;
        forceLoopback = path.forceLoopback;
        Lrh.SL.set(template, 0, path.serviceLevel);
        Lrh.DLID.set(template, 0, path.dlid);
        Lrh.LNH.set(template, 0, path.global ? Lrh.LNH_IBA_GLOBAL : Lrh.LNH_IBA_LOCAL);
        bthAt = Lrh.SIZE;
        if (path.global) {
            setGlobal(path);
            bthAt += Grh.SIZE;
        }
        Bth.MIG_REQ.set(template, bthAt, 1);
        Bth.P_KEY.set(template, bthAt, pKey);
        Bth.DEST_QP.set(template, bthAt, destQpn);
    }

    private void setGlobal(PathAddress path) {
        int at = Lrh.SIZE;
        Grh.IP_VERSION.set(template, at, Grh.IP_VERSION_6);
        Grh.TRAFFIC_CLASS.set(template, at, path.trafficClass);
        Grh.FLOW_LABEL.set(template, at, path.flowLabel);
        Grh.NEXT_HEADER.set(template, at, Grh.NEXT_HEADER_IBA);
        Grh.HOP_LIMIT.set(template, at, path.hopLimit);
        Grh.SGID_HIGH.set(template, at, path.sgidHigh);
        Grh.SGID_LOW.set(template, at, path.sgidLow);
        Grh.DGID_HIGH.set(template, at, path.dgidHigh);
        Grh.DGID_LOW.set(template, at, path.dgidLow);
    }

    /** A packet with everything but extension headers, payload and lengths; null when the card has none left. */
    Packet begin(QpHost host, int opcode, long psn) {
        Packet packet = host.newPacket();
        if (packet == null) {
            return null;
        }
        fill(packet, host.lid(), service | opcode, psn);
        return packet;
    }

    /** Writes everything but extension headers, payload and lengths into an empty packet. */
    void fill(Packet packet, int portLid, int opcode, long psn) {
        byte[] header = packet.header;
        System.arraycopy(template, 0, header, 0, bthAt + Bth.SIZE);
        packet.bthAt = bthAt;
        packet.headerLength = bthAt + Bth.SIZE + OpCode.extensionBytes(opcode);
        packet.forceLoopback = forceLoopback;
        Lrh.SLID.set(header, 0, portLid | pathBits);
        Bth.OPCODE.set(header, bthAt, opcode);
        Bth.PSN.set(header, bthAt, Psn.toWire(psn));
    }
}
