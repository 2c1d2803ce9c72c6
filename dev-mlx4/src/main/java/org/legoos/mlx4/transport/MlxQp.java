package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;

/**
 * The management queue pairs QP0 and QP1 ("MLX" service type): software supplies whole packets, headers and ICRC
 * placeholder included, and the card fills in the source LID and the virtual lane (PRM 6.3). Received like datagrams.
 */
public final class MlxQp extends DatagramQp {
    /** The Q_Key of all QP1s (IBA 3.9.5.1). */
    public static final int GSI_Q_KEY = 0x80010000;

    /** Low bits of an LID that software may set as path bits. */
    private static final int PATH_BITS = 0x7f;

    private final boolean isSubnetManagement;
    private final PacketCodec codec = new PacketCodec();
    private final byte[] bytes = new byte[Packet.BYTES_MAX];

    /** @param isSubnetManagement QP0 (any Q_Key, lane 15), else QP1 */
    public MlxQp(QpHost host, boolean isSubnetManagement) {
        super(host);
        this.isSubnetManagement = isSubnetManagement;
    }

    @Override
    protected Status build(SendRequest request, Packet packet) {
        if (request.operation != Operation.SEND) {
            return Status.LOCAL_QP_OPERATION;
        }
        long length = request.data.lengthBytes();
        if (length > Packet.PAYLOAD_MAX) {
            return Status.LOCAL_LENGTH;
        }
        Status status = host.gather(request, 0, (int) length, packet);
        if (status != Status.OK) {
            return status;
        }
        packet.copyPayload(0, bytes, 0, (int) length);
        packet.clear();
        if (!codec.readInfiniBand(bytes, 0, (int) length, packet)) {
            return Status.LOCAL_QP_OPERATION;
        }
        packet.forceLoopback = request.address.forceLoopback;
        Lrh.VL.set(packet.header, 0, request.managementLane ? Lrh.VL_MANAGEMENT : 0);
        if (!request.keepSourceLid) {
            Lrh.SLID.set(packet.header, 0, host.lid() | packet.slid() & PATH_BITS);
        }
        packet.finish();
        return Status.OK;
    }

    @Override
    protected boolean qKeyFits(int qKey) {
        return isSubnetManagement || qKey == GSI_Q_KEY;
    }

    @Override
    protected boolean pKeyFits(int pKey) {
        return isSubnetManagement || host.pKeyIndex(pKey) >= 0; // QP1 belongs to all partitions of the port
    }
}
