package org.legoos.mlx4.hca;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.transport.MlxQp;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;

/**
 * Management datagrams for the card itself: those that software hands over (MAD_IFC), and, as long as no software has
 * opened QP0 or QP1, those that come from the wire for them.
 */
final class ManagementAgent {
    private static final int BASE_VERSION = 1;

    private final HcaCore core;
    private final SubnetAgent subnet;
    private final MemorySegment request = Arena.ofAuto().allocate(Mad.SIZE_BYTES, Long.BYTES);

    ManagementAgent(HcaCore core) {
        this.core = core;
        subnet = new SubnetAgent(core);
    }

    void reset() {
        subnet.reset();
    }

    void setNodeDescription(MemorySegment from) {
        subnet.setNodeDescription(from);
    }

    /**
     * Turns a request into its response; false when it is to be discarded silently.
     *
     * @param ignoresMKey the caller vouches for the request
     */
    boolean process(MemorySegment m, HcaPort port, boolean ignoresMKey) {
        int mgmtClass = Mad.MGMT_CLASS.get(m, 0);
        int method = Mad.METHOD.get(m, 0);
        boolean isSmp = mgmtClass == Mad.CLASS_SUBN_LID || mgmtClass == Mad.CLASS_SUBN_DIRECTED;
        if (Mad.BASE_VERSION.get(m, 0) != BASE_VERSION || !isSmp && mgmtClass != Mad.CLASS_PERF
                || method == Mad.METHOD_TRAP || (method & Mad.METHOD_RESPONSE_BIT) != 0
                || isSmp && !ignoresMKey && !subnet.isAllowed(m, port)) {
            return false;
        }
        if (method == Mad.METHOD_TRAP_REPRESS) {
            port.traps.repressed(m);
            return false;
        }
        int status;
        if (method != Mad.METHOD_GET && method != Mad.METHOD_SET) {
            status = Mad.STATUS_BAD_METHOD;
        } else {
            status = isSmp ? subnet.execute(m, port) : core.performance().execute(m, port.number);
        }
        Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
        Mad.STATUS.set(m, 0, status);
        return true;
    }

    // ---- from the wire ----

    /** A packet for QP0 or QP1 that nobody else takes. Answers it if it is a request to us, and releases it. */
    void receive(Packet packet, HcaPort port) {
        boolean isSubnet = packet.destQp() == SpecialQp.QP0;
        boolean isGood = (OpCode.flags(packet.opcode()) & OpCode.KNOWN) != 0
                && OpCode.service(packet.opcode()) == OpCode.UD
                && packet.payloadLength() == Mad.SIZE_BYTES
                && packet.isManagement() == isSubnet
                && (isSubnet || Deth.Q_KEY.get(packet.header, packet.extensionAt()) == MlxQp.GSI_Q_KEY);
        if (isGood) {
            packet.copyPayload(0, request, 0, Mad.SIZE_BYTES);
            int mgmtClass = Mad.MGMT_CLASS.get(request, 0);
            boolean isSmp = mgmtClass == Mad.CLASS_SUBN_LID || mgmtClass == Mad.CLASS_SUBN_DIRECTED;
            isGood = isSubnet == isSmp && arrives(port) && (process(request, port, false) || refuses(isSmp, mgmtClass));
        }
        if (isGood) {
            answer(packet, port, isSubnet);
        } else {
            core.counters.count(Kind.PACKETS_UNDELIVERED);
        }
        packet.release();
    }

    /** Of a class that nobody here serves, a question gets an answer all the same: that this is so (IBA 13.4.7). */
    private boolean refuses(boolean isSmp, int mgmtClass) {
        int method = Mad.METHOD.get(request, 0);
        boolean isQuestion = method == Mad.METHOD_GET || method == Mad.METHOD_SET;
        if (isSmp || mgmtClass == Mad.CLASS_PERF || !isQuestion || Mad.BASE_VERSION.get(request, 0) != BASE_VERSION) {
            return false;
        }
        Mad.METHOD.set(request, 0, Mad.METHOD_GET_RESP);
        Mad.STATUS.set(request, 0, Mad.STATUS_BAD_METHOD_ATTR);
        return true;
    }

    /** The last step of a directed route, on the way out (IBA 14.2.2.2); false when it does not end here. */
    private boolean arrives(HcaPort port) {
        if (Mad.MGMT_CLASS.get(request, 0) != Mad.CLASS_SUBN_DIRECTED) {
            return true;
        }
        int count = Mad.HOP_COUNT.get(request, 0);
        if ((Mad.STATUS.get(request, 0) & Mad.STATUS_DIRECTION) != 0 || count >= Mad.HOPS_MAX
                || Mad.HOP_POINTER.get(request, 0) != count) {
            return false;
        }
        request.set(java.lang.foreign.ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + count, (byte) port.number);
        return true; // hop pointer: one up on arrival, one down on departure
    }

    private void answer(Packet asked, HcaPort port, boolean isSubnet) {
        Packet packet = core.packets.take();
        if (packet == null) {
            return; // the manager asks again
        }
        if (Mad.MGMT_CLASS.get(request, 0) == Mad.CLASS_SUBN_DIRECTED) {
            Mad.STATUS.set(request, 0, Mad.STATUS.get(request, 0) | Mad.STATUS_DIRECTION);
        }
        byte[] header = packet.header;
        java.util.Arrays.fill(header, (byte) 0);
        packet.bthAt = Lrh.SIZE;
        packet.headerLength = Lrh.SIZE + Bth.SIZE + Deth.SIZE;
        Lrh.VL.set(header, 0, isSubnet ? Lrh.VL_MANAGEMENT : 0);
        Lrh.SL.set(header, 0, Lrh.SL.get(asked.header, 0));
        Lrh.LNH.set(header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, asked.slid());
        Lrh.SLID.set(header, 0, asked.dlid() == Lrh.LID_PERMISSIVE ? Lrh.LID_PERMISSIVE : port.port.lid());
        Bth.OPCODE.set(header, packet.bthAt, OpCode.UD_SEND_ONLY);
        Bth.P_KEY.set(header, packet.bthAt, isSubnet ? PKey.DEFAULT : Bth.P_KEY.get(asked.header, asked.bthAt));
        Bth.DEST_QP.set(header, packet.bthAt, Deth.SRC_QP.get(asked.header, asked.extensionAt()));
        Deth.Q_KEY.set(header, packet.extensionAt(), isSubnet ? 0 : MlxQp.GSI_Q_KEY);
        Deth.SRC_QP.set(header, packet.extensionAt(), isSubnet ? SpecialQp.QP0 : SpecialQp.QP1);
        packet.appendCopy(request, 0, Mad.SIZE_BYTES);
        packet.finish();
        port.port.transmit(packet);
    }
}
