package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.sa.Notice;
import org.legoos.mlx4.transport.AgentTimers;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * A switch: looks up the destination LID of each packet in its linear forwarding table and passes it on, without
 * touching its payload. Multicast LIDs go to all ports of the group but the one they came from. What cannot be
 * forwarded, or finds a full receiver, is dropped and counted; the ends recover.
 */
public final class Switch extends SerialAgent {
    /** Forwarding entry: drop. */
    public static final int NO_PORT = 0xff;

    private static final int PORTS_MAX = 63;
    private static final int BATCH = 128;

    private final String name;
    private final long guid;
    private final Port[] ports; // [0] is the management port: it has a LID and no cable
    private final SwitchManagement management;
    private final AgentTimers timers;
    private final TrapSender traps;
    private final PerformanceAgent performance;
    private final PacketPool copies = new PacketPool(4096);

    /** Output port by LID; replaced as a whole by the subnet manager. */
    private volatile byte[] forwarding = new byte[0];
    /** Bit mask of output ports by multicast LID - 0xc000. */
    private volatile long[] multicast = new long[0];

    /** @param portCount external ports, numbered from 1 */
    public Switch(String name, long guid, int portCount, Clock clock) {
        if (portCount < 1 || portCount > PORTS_MAX) {
            throw new IllegalArgumentException("a switch has 1 to " + PORTS_MAX + " ports, not " + portCount);
        }
        this.name = name;
        this.guid = guid;
        ports = new Port[portCount + 1];
        for (int i = 0; i <= portCount; i++) {
            ports[i] = new Port(name + " port " + i, guid, this);
            ports[i].setPlace(this, i);
            ports[i].setEnabled(true);
            ports[i].setAgent(this::answer);
        }
        timers = new AgentTimers(clock, this);
        performance = new PerformanceAgent(List.of(ports), 0);
        management = new SwitchManagement(this);
        traps = new TrapSender(ports[0], Notice.PRODUCER_SWITCH, timers, management::sendTrap);
    }

    public String name() {
        return name;
    }

    public long guid() {
        return guid;
    }

    public int portCount() {
        return ports.length - 1;
    }

    /** Port 0 is the management port. */
    public Port port(int number) {
        return ports[number];
    }

    /** The lowest external port without a cable, or null. */
    public Port freePort() {
        for (int i = 1; i < ports.length; i++) {
            if (ports[i].peer() == null) {
                return ports[i];
            }
        }
        return null;
    }

    /** External ports that have a cable. */
    public List<Port> cabledPorts() {
        List<Port> cabled = new ArrayList<>();
        for (int i = 1; i < ports.length; i++) {
            if (ports[i].peer() != null) {
                cabled.add(ports[i]);
            }
        }
        return cabled;
    }

    /** Replaces the linear forwarding table: entry = output port by LID, {@link #NO_PORT} = drop. */
    public void setForwarding(byte[] byLid) {
        forwarding = byLid.clone();
    }

    /** Replaces the multicast table: entry = mask of ports by LID - 0xc000. */
    public void setMulticast(long[] byGroup) {
        multicast = byGroup.clone();
    }

    @Override
    protected void doWork() {
        boolean more = false;
        timers.runDue();
        for (int i = 0; i < ports.length; i++) { // port 0: what the subnet manager behind it sends
            if (ports[i].takeChange() && i > 0) {
                management.agent().noteStateChange();
                tellStateChange();
            }
            more |= forwardFrom(i);
        }
        if (more) {
            signal();
        }
    }

    private void tellStateChange() {
        byte[] notice = new byte[Notice.SIZE_BYTES];
        Notice.LINK_STATE_LID.set(MemorySegment.ofArray(notice), 0, ports[0].lid());
        if (management.hasManager()) {
            management.sendTrap(traps.build(Notice.TRAP_LINK_STATE, Notice.TYPE_URGENT, notice), ports[0].lid());
        } else {
            traps.raise(Notice.TRAP_LINK_STATE, Notice.TYPE_URGENT, notice);
        }
    }

    TrapSender traps() {
        return traps;
    }

    PerformanceAgent performance() {
        return performance;
    }

    /** Forwards a batch of one port; true when there may be more. */
    private boolean forwardFrom(int in) {
        Port from = ports[in];
        for (int i = 0; i < BATCH; i++) {
            Packet packet = from.poll();
            if (packet == null) {
                return false;
            }
            forward(packet, in);
        }
        return true;
    }

    private void forward(Packet packet, int in) {
        int dlid = packet.dlid();
        if (dlid == Lrh.LID_PERMISSIVE || dlid != 0 && dlid == ports[0].lid()) {
            management.receive(packet, in);
            return;
        }
        if (Lrh.isMulticast(dlid)) {
            forwardMulticast(packet, in, dlid - Lrh.LID_MULTICAST_FIRST);
            return;
        }
        int out = outPort(dlid);
        if (out == 0 || out >= ports.length || out == in) {
            ports[in].counters().rcvSwitchRelayErrors++;
            packet.release();
            return;
        }
        ports[out].relay(packet);
    }

    /** The port that the table has for a LID, or {@link #NO_PORT}. */
    int outPort(int lid) {
        byte[] table = forwarding;
        return lid < table.length ? table[lid] & 0xff : NO_PORT;
    }

    byte[] forwarding() {
        return forwarding;
    }

    long[] multicast() {
        return multicast;
    }

    /** Makes this switch the one that the subnet manager is at. Set before the switch is used. */
    void setSubnetHost(SubnetHost host) {
        management.setSubnetHost(host);
    }

    private boolean answer(MemorySegment mad) {
        return management.agent().process(mad, 0);
    }

    private void forwardMulticast(Packet packet, int in, int group) {
        long[] table = multicast;
        long mask = group < table.length ? table[group] & ~(1L << in) : 0;
        for (int out = 1; out < ports.length; out++) {
            if ((mask & 1L << out) == 0) {
                continue;
            }
            Packet copy = copies.take();
            if (copy == null) {
                ports[out].counters().xmitDiscards++;
                continue;
            }
            copy.copyFrom(packet);
            ports[out].relay(copy);
        }
        packet.release();
    }
}
