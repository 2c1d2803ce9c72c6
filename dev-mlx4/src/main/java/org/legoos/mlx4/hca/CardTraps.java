package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.fabric.ManagementPacket;
import org.legoos.mlx4.fabric.TrapSender;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.sa.Notice;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;

/** What a card's port tells the subnet manager by itself (IBA 14.2.5.1), as the firmware does whoever has QP0. */
final class CardTraps {
    private static final int COUNTER_MAX = 0xffff;

    private final HcaCore core;
    private final HcaPort port;
    private final TrapSender sender;

    CardTraps(HcaCore core, HcaPort port) {
        this.core = core;
        this.port = port;
        sender = new TrapSender(port.port, Notice.PRODUCER_CA, core.timers, this::send);
    }

    void clear() {
        sender.clear();
    }

    void repressed(MemorySegment mad) {
        sender.repressed(mad);
    }

    private void send(byte[] mad, int smLid) {
        Packet packet = port.isLinkUp() ? core.packets.take() : null;
        if (packet != null) {
            ManagementPacket.fill(packet, MemorySegment.ofArray(mad), port.port.lid(), smLid, ManagementPacket.QP0, ManagementPacket.QP0);
            port.port.transmit(packet);
        }
    }

    /** 144: the capability mask is another one. */
    void capabilityChanged() {
        byte[] notice = new byte[Notice.SIZE_BYTES];
        MemorySegment n = MemorySegment.ofArray(notice);
        Notice.CHANGE_LID.set(n, 0, port.port.lid());
        Notice.CHANGE_CAPABILITY_MASK.set(n, 0, port.capabilityMask);
        sender.raise(Notice.TRAP_LOCAL_CHANGE, Notice.TYPE_INFO, notice);
    }

    /** 144, other local changes. */
    void nodeDescriptionChanged() {
        byte[] notice = new byte[Notice.SIZE_BYTES];
        MemorySegment n = MemorySegment.ofArray(notice);
        Notice.CHANGE_LID.set(n, 0, port.port.lid());
        Notice.CHANGE_OTHER.set(n, 0, 1);
        Notice.CHANGE_CAPABILITY_MASK.set(n, 0, port.capabilityMask);
        Notice.CHANGE_FLAGS.set(n, 0, Notice.CHANGED_NODE_DESCRIPTION);
        sender.raise(Notice.TRAP_LOCAL_CHANGE, Notice.TYPE_INFO, notice);
    }

    /** 256: somebody tried with a wrong M_Key. */
    void mKeyViolation(MemorySegment request) {
        if (sender.isHeld(Notice.TRAP_BAD_M_KEY)) {
            return;
        }
        byte[] notice = new byte[Notice.SIZE_BYTES];
        MemorySegment n = MemorySegment.ofArray(notice);
        Notice.M_KEY_LID.set(n, 0, port.port.lid());
        Notice.M_KEY_METHOD.set(n, 0, Mad.METHOD.get(request, 0));
        Notice.M_KEY_ATTRIBUTE.set(n, 0, Mad.ATTRIBUTE_ID.get(request, 0));
        Notice.M_KEY_MODIFIER.set(n, 0, Mad.ATTRIBUTE_MODIFIER.get(request, 0));
        Notice.M_KEY.set(n, 0, Mad.M_KEY.get(request, 0));
        sender.raise(Notice.TRAP_BAD_M_KEY, Notice.TYPE_SECURITY, notice);
    }

    /** 257 or 258: a packet came with a key that its queue pair does not take. */
    void keyViolation(boolean isPKey, Packet packet, int qpn) {
        port.pKeyViolations = Math.min(port.pKeyViolations + (isPKey ? 1 : 0), COUNTER_MAX);
        port.qKeyViolations = Math.min(port.qKeyViolations + (isPKey ? 0 : 1), COUNTER_MAX);
        int number = isPKey ? Notice.TRAP_BAD_P_KEY : Notice.TRAP_BAD_Q_KEY;
        if (sender.isHeld(number)) {
            return;
        }
        byte[] notice = new byte[Notice.SIZE_BYTES];
        MemorySegment n = MemorySegment.ofArray(notice);
        boolean isDatagram = org.legoos.mlx4.wire.OpCode.service(packet.opcode()) == org.legoos.mlx4.wire.OpCode.UD;
        Notice.KEY_LID_1.set(n, 0, packet.slid());
        Notice.KEY_LID_2.set(n, 0, port.port.lid());
        Notice.KEY.set(n, 0, isPKey ? Bth.P_KEY.get(packet.header, packet.bthAt) : Deth.Q_KEY.get(packet.header, packet.extensionAt()));
        Notice.KEY_SL.set(n, 0, Lrh.SL.get(packet.header, 0));
        Notice.KEY_QP_1.set(n, 0, isDatagram ? Deth.SRC_QP.get(packet.header, packet.extensionAt()) : 0);
        Notice.KEY_QP_2.set(n, 0, qpn);
        Gid.ofPort(port.port.guid()).put(notice, Notice.KEY_GID_2);
        sender.raise(number, Notice.TYPE_SECURITY, notice);
    }
}
