package org.legoos.mlx4.hca;

import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.McgEntry;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Grh;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;

/**
 * Packets to multicast groups, as the card's own queue pairs see them: each member of the group on the port gets one.
 * What the card sends comes back to its own members, but for those that asked not to hear their own port.
 */
final class MulticastDelivery {
    /** DestQP of every multicast packet (IBA 9.2.2). */
    static final int WIRE_QPN = Bth.QP_MULTICAST;

    private final HcaCore core;

    MulticastDelivery(HcaCore core) {
        this.core = core;
    }

    /** Called before a packet to a group leaves: makes the copy that comes back. */
    void loopBack(Packet packet, HcaPort port) {
        if (find(packet) == null) {
            return;
        }
        Packet copy = core.packets.take();
        if (copy == null) {
            core.counters.count(Kind.PACKETS_UNDELIVERED);
            return;
        }
        copy.copyFrom(packet);
        if (!port.port.returnOwn(copy)) {
            copy.release();
        }
    }

    /** Gives an arrived packet to the group's members. */
    void deliver(Packet packet, HcaPort port) {
        MulticastTable.Entry group = find(packet);
        boolean isOwn = port.port.isOwnLid(packet.slid());
        int given = 0;
        if (group != null) {
            for (int member : group.members()) {
                if (!isOwn || McgEntry.MEMBER_BLOCK_LOOPBACK.of(member) == 0) {
                    given += deliverTo(McgEntry.MEMBER_QPN.of(member), packet, port);
                }
            }
        }
        if (given == 0 && !isOwn) {
            core.counters.count(Kind.PACKETS_UNDELIVERED);
        }
        packet.release();
    }

    private int deliverTo(int qpn, Packet packet, HcaPort port) {
        QueuePair qp = core.qps.get(qpn);
        if (qp == null || qp.qpn != qpn || qp.hcaPort() != port) {
            return 0;
        }
        Packet copy = core.packets.take();
        if (copy == null) {
            return 0;
        }
        copy.copyFrom(packet);
        qp.receive(copy);
        return 1;
    }

    private MulticastTable.Entry find(Packet packet) {
        return packet.hasGrh()
                ? core.multicast.find(
                        Grh.DGID_HIGH.get(packet.header, Lrh.SIZE), Grh.DGID_LOW.get(packet.header, Lrh.SIZE))
                : null;
    }
}
