package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** Management packets at a switch: passed on along their route, or executed and answered. Runs on the switch's agent. */
final class SwitchManagement {
    private final Switch at;
    private final SwitchAgent agent;
    private SubnetHost host; // the subnet manager, if it is at this switch
    private final PacketPool packets = new PacketPool(256);
    private final MemorySegment mad = MemorySegment.ofArray(new byte[Mad.SIZE_BYTES]);

    SwitchManagement(Switch at) {
        this.at = at;
        agent = new SwitchAgent(at);
    }

    SwitchAgent agent() {
        return agent;
    }

    void setSubnetHost(SubnetHost newHost) {
        host = newHost;
        agent.setSubnetHost(newHost);
    }

    /** A packet on the management lane, or one to the switch's own LID. Takes ownership. */
    void receive(Packet packet, int in) {
        boolean isDirected = packet.dlid() == Lrh.LID_PERMISSIVE;
        if (!ManagementPacket.isSound(packet)) {
            drop(packet, in);
            return;
        }
        packet.copyPayload(0, mad, 0, Mad.SIZE_BYTES);
        if (isDirected != (Mad.MGMT_CLASS.get(mad, 0) == Mad.CLASS_SUBN_DIRECTED)) {
            drop(packet, in); // routes that are directed only in part are not in use
        } else if (isDirected) {
            direct(packet, in);
        } else {
            if (Mad.METHOD.get(mad, 0) == Mad.METHOD_TRAP_REPRESS) {
                at.traps().repressed(mad);
            } else if (agent.process(mad, in)) {
                answer(packet, at.outPort(packet.slid()), at.port(0).lid());
            } else if (host != null) {
                int sourceQp = Deth.SRC_QP.get(packet.header, packet.extensionAt());
                host.receive(mad.toArray(ValueLayout.JAVA_BYTE), packet.slid(), sourceQp, packet.destQp());
            }
            packet.release();
        }
    }

    private void direct(Packet packet, int in) {
        int out = DirectedRoute.step(mad, in);
        if (out == DirectedRoute.HERE) {
            if (agent.process(mad, in)) {
                answer(packet, DirectedRoute.turn(mad), Lrh.LID_PERMISSIVE);
            }
            packet.release();
            return;
        }
        if (out == DirectedRoute.DROP || out > at.portCount()) {
            drop(packet, in);
            return;
        }
        packet.clearPayload();
        packet.appendCopy(mad, 0, Mad.SIZE_BYTES);
        at.port(out).relay(packet);
    }

    private void answer(Packet asked, int out, int slid) {
        Packet packet = packets.take();
        if (packet == null || out < 1 || out > at.portCount()) {
            if (packet != null) {
                packet.release();
            }
            return; // the manager asks again
        }
        int sourceQp = Deth.SRC_QP.get(asked.header, asked.extensionAt());
        ManagementPacket.fill(packet, mad, slid, slid == Lrh.LID_PERMISSIVE ? slid : asked.slid(), asked.destQp(), sourceQp);
        at.port(out).relay(packet);
    }

    /** Is the master subnet manager the one behind this switch? */
    boolean hasManager() {
        return host != null && host.election().isMaster();
    }

    /** A trap of the switch's own, to the subnet manager wherever it is. */
    void sendTrap(byte[] trap, int smLid) {
        if (smLid == at.port(0).lid()) {
            if (host != null) {
                host.receive(trap.clone(), smLid, ManagementPacket.QP0, ManagementPacket.QP0);
            }
            return;
        }
        Packet packet = packets.take();
        int out = at.outPort(smLid);
        if (packet == null || out < 1 || out > at.portCount()) {
            if (packet != null) {
                packet.release();
            }
            return; // it is said again
        }
        ManagementPacket.fill(packet, MemorySegment.ofArray(trap), at.port(0).lid(), smLid, ManagementPacket.QP0, ManagementPacket.QP0);
        at.port(out).relay(packet);
    }

    private void drop(Packet packet, int in) {
        at.port(in).counters().rcvErrors++;
        packet.release();
    }
}
