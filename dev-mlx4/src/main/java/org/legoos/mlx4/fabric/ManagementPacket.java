package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;

/** Management datagrams as packets: UD, queue pair 0 on lane 15 for subnet management, queue pair 1 for the rest. */
public final class ManagementPacket {
    public static final int QP0 = 0;
    public static final int QP1 = 1;
    /** The Q_Key of all QP1s (IBA 3.9.5.1). */
    public static final int GSI_Q_KEY = 0x80010000;

    private ManagementPacket() {}

    /** Is it a whole management datagram for one of the two queue pairs? */
    public static boolean isSound(Packet packet) {
        int qp = packet.destQp();
        return packet.opcode() == OpCode.UD_SEND_ONLY && packet.payloadLength() == Mad.SIZE_BYTES && (qp == QP0 || qp == QP1)
                && packet.isManagement() == (qp == QP0)
                && (qp == QP0 || Deth.Q_KEY.get(packet.header, packet.extensionAt()) == GSI_Q_KEY);
    }

    /** Fills an empty packet. */
    public static void fill(Packet packet, MemorySegment mad, int slid, int dlid, int sourceQp, int destinationQp) {
        byte[] header = packet.header;
        java.util.Arrays.fill(header, (byte) 0);
        packet.bthAt = Lrh.SIZE;
        packet.headerLength = Lrh.SIZE + Bth.SIZE + Deth.SIZE;
        boolean isSubnet = destinationQp == QP0;
        Lrh.VL.set(header, 0, isSubnet ? Lrh.VL_MANAGEMENT : 0);
        Lrh.LNH.set(header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, dlid);
        Lrh.SLID.set(header, 0, slid);
        Bth.OPCODE.set(header, packet.bthAt, OpCode.UD_SEND_ONLY);
        Bth.P_KEY.set(header, packet.bthAt, PKey.DEFAULT);
        Bth.DEST_QP.set(header, packet.bthAt, destinationQp);
        Deth.Q_KEY.set(header, packet.extensionAt(), isSubnet ? 0 : GSI_Q_KEY);
        Deth.SRC_QP.set(header, packet.extensionAt(), sourceQp);
        packet.appendCopy(mad, 0, Mad.SIZE_BYTES);
        packet.finish();
    }
}
