package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.ImmDt;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;

/** Unreliable datagram: each request carries its address vector, remote QPN and Q_Key. */
public final class UdQp extends DatagramQp {
    /** A work request's Q_Key with this bit set means: use the QP's own (IBA 10.2.5). */
    private static final int Q_KEY_OF_QP = 1 << 31;

    private final PacketHeader header = new PacketHeader();

    public UdQp(QpHost host) {
        super(host);
    }

    @Override
    protected Status build(SendRequest request, Packet packet) {
        boolean immediate = request.operation == Operation.SEND_IMMEDIATE;
        if (request.operation != Operation.SEND && !immediate) {
            return Status.LOCAL_QP_OPERATION;
        }
        int length = (int) Math.min(request.data.lengthBytes(), Integer.MAX_VALUE);
        if (length > attributes.mtuBytes) {
            return Status.LOCAL_LENGTH;
        }
        header.set(request.address, request.remoteQpn, attributes.pKey);
        header.fill(packet, host.lid(), immediate ? OpCode.UD_SEND_ONLY_IMM : OpCode.UD_SEND_ONLY, nextPsn);
        byte[] bytes = packet.header;
        Bth.SOLICITED.set(bytes, packet.bthAt, request.solicited ? 1 : 0);
        int at = packet.extensionAt();
        Deth.Q_KEY.set(bytes, at, (request.qKey & Q_KEY_OF_QP) != 0 ? attributes.qKey : request.qKey);
        Deth.RESERVED4.set(bytes, at, 0);
        Deth.SRC_QP.set(bytes, at, attributes.localQpn);
        if (immediate) {
            ImmDt.DATA.set(bytes, at + Deth.SIZE, request.immediate);
        }
        Status status = length == 0 ? Status.OK : host.gather(request, 0, length, packet);
        packet.finish();
        return status;
    }

    @Override
    protected boolean qKeyFits(int qKey) {
        return qKey == attributes.qKey;
    }

    @Override
    protected boolean pKeyFits(int pKey) {
        return PKey.isShared(pKey, attributes.pKey);
    }
}
