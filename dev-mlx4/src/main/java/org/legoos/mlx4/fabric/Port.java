package org.legoos.mlx4.fabric;

import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;

/**
 * A port of a card or a switch: sends into its link, receives into a bounded inbox, and wakes its owner agent for
 * packets, for room to send, and for changes of state or LID.
 *
 * <p>The owner agent calls {@link #transmit}, {@link #poll}, {@link #hasRoom} and {@link #takeChange}. The subnet
 * manager and the fabric's builder set state and LID from other threads; those fields are volatile.
 */
public final class Port {
    /** Packets that wait for a receiver; more are dropped. */
    public static final int INBOX_PACKETS = 8192;

    private final String name;
    private final long guid;
    private final SerialAgent owner;
    private final Inbox inbox = new Inbox(INBOX_PACKETS);
    private final PortCounters counters = new PortCounters();

    private volatile Wire out; // null: no cable
    private volatile boolean enabled;
    private volatile PortState state = PortState.DOWN;
    private volatile int lid;
    private volatile int lmc;
    private volatile int smLid;
    private volatile int configuredLid;
    private volatile int mtuBytes = Packet.PAYLOAD_MAX;
    private volatile boolean changed;
    private volatile boolean mustReregister;
    private volatile boolean peerWaitsForRoom;
    private volatile Tap tap;
    private volatile Runnable onEnabledChange;
    private volatile PortAgent agent;
    private Switch of; // set once by the switch that it is a port of
    private int number = 1;

    /**
     * @param name for messages, as in "node 1 mlx4_0 port 1"
     * @param guid of the port
     * @param owner signalled for everything that the port has for it
     */
    public Port(String name, long guid, SerialAgent owner) {
        this.name = name;
        this.guid = guid;
        this.owner = owner;
    }

    // ---- the owner's side ----

    /** Sends a packet to the link, or to this port's own inbox when the DLID is its own. Takes ownership. */
    public void transmit(Packet packet) {
        int dlid = packet.dlid();
        if (packet.forceLoopback || isOwnLid(dlid)) {
            loopBack(packet);
            return;
        }
        relay(packet);
    }

    /** Sends a packet to the link, whoever it is for. Takes ownership. */
    void relay(Packet packet) {
        Wire wire = out;
        boolean open = wire != null && (state == PortState.ACTIVE || packet.isManagement());
        if (!open) {
            counters.xmitDiscards++;
            packet.release();
            return;
        }
        countSent(packet, packet.dlid());
        if (!wire.carry(packet)) {
            counters.xmitDiscards++;
            packet.release();
        }
    }

    /** Delivers to this port's own inbox, whatever the DLID says (the force-loopback bit). Takes ownership. */
    public void loopBack(Packet packet) {
        countSent(packet, packet.dlid());
        if (!deliver(packet)) {
            counters.xmitDiscards++;
            packet.release();
        }
    }

    /** Puts the copy of a multicast packet that this port's own group members get into the inbox; false: full. */
    public boolean returnOwn(Packet packet) {
        return deliver(packet);
    }

    private void countSent(Packet packet, int dlid) {
        counters.xmitPackets++;
        counters.xmitDataWords += packet.lengthWords();
        if (Lrh.isMulticast(dlid)) {
            counters.multicastXmitPackets++;
        }
        Tap seen = tap;
        if (seen != null) {
            seen.packet(this, true, packet);
        }
    }

    /** The next packet that arrived, now the caller's; null when there is none. */
    public Packet poll() {
        Packet packet = inbox.poll();
        if (packet == null) {
            return null;
        }
        counters.rcvPackets++;
        counters.rcvDataWords += packet.lengthWords();
        if (Lrh.isMulticast(packet.dlid())) {
            counters.multicastRcvPackets++;
        }
        if (peerWaitsForRoom && inbox.size() < INBOX_PACKETS / 4) {
            peerWaitsForRoom = false;
            Wire wire = out;
            if (wire != null) {
                wire.peer().owner.signal();
            }
        }
        Tap seen = tap;
        if (seen != null) {
            seen.packet(this, false, packet);
        }
        return packet;
    }

    /** Drops everything that waits here; for an owner that resets or goes away. */
    public void dropArrived() {
        for (Packet packet = poll(); packet != null; packet = poll()) {
            packet.release();
        }
    }

    /**
     * Is there room for another packet at the other end of the link? If not, the owner is signalled when there is.
     * Advice, not a reservation: {@link #transmit} without room drops.
     */
    public boolean hasRoom() {
        Wire wire = out;
        if (wire == null || wire.isImpaired()) {
            return true;
        }
        Port peer = wire.peer();
        if (peer.inbox.size() < INBOX_PACKETS / 2) {
            return true;
        }
        peer.peerWaitsForRoom = true;
        if (peer.inbox.size() < INBOX_PACKETS / 4) {
            return true; // it drained between the two looks and may not have seen the flag
        }
        counters.xmitWait++;
        return false;
    }

    /** True once after state or LID changed. */
    public boolean takeChange() {
        if (!changed) {
            return false;
        }
        changed = false;
        return true;
    }

    public PortCounters counters() {
        return counters;
    }

    // ---- what the port is ----

    public String name() {
        return name;
    }

    public long guid() {
        return guid;
    }

    public PortState state() {
        return state;
    }

    /** Base LID; 0 until a subnet manager has set it. */
    public int lid() {
        return lid;
    }

    public int lmc() {
        return lmc;
    }

    public int smLid() {
        return smLid;
    }

    public boolean isOwnLid(int other) {
        int base = lid;
        return base != 0 && other - base >= 0 && other - base < 1 << lmc;
    }

    /** The LID that the built-in subnet manager shall give, 0 = any. Set before the port is enabled. */
    public int configuredLid() {
        return configuredLid;
    }

    public void setConfiguredLid(int wanted) {
        configuredLid = wanted;
    }

    /** Most payload bytes that a packet may have on this link (PortInfo's NeighborMTU): 256 to 4096. */
    public int mtuBytes() {
        return mtuBytes;
    }

    /** The MTU as PortInfo has it: 1 is 256 bytes, 5 is 4096. */
    public int mtuCode() {
        return Integer.numberOfTrailingZeros(mtuBytes) - 7;
    }

    /** Set before the port is enabled, by whoever builds the link. */
    public void setMtuBytes(int bytes) {
        if (Integer.bitCount(bytes) != 1 || bytes < 256 || bytes > Packet.PAYLOAD_MAX) {
            throw new IllegalArgumentException("an MTU of " + bytes + " bytes: expected 256, 512, 1024, 2048 or 4096");
        }
        mtuBytes = bytes;
    }

    /** Who answers subnet management requests about this port in place. */
    public void setAgent(PortAgent newAgent) {
        agent = newAgent;
    }

    /** Null: a port that nobody manages. */
    PortAgent agent() {
        return agent;
    }

    /** The switch that it is a port of, or null. */
    Switch ofSwitch() {
        return of;
    }

    /** Its number there; 1 for cards. */
    public int number() {
        return number;
    }

    void setPlace(Switch place, int newNumber) {
        of = place;
        number = newNumber;
    }

    /** A card's number of its port, from 1. Set before the port is used. */
    public void setNumber(int newNumber) {
        number = newNumber;
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Powers the port on (INIT_PORT) or off (CLOSE_PORT, reset). With a powered peer the link trains to INIT. */
    public void setEnabled(boolean on) {
        enabled = on;
        Wire wire = out;
        if (wire != null) {
            wire.link().retrain();
        }
        Runnable listener = onEnabledChange;
        if (listener != null) {
            listener.run();
        }
    }

    /** The port at the other end of the cable, or null. */
    public Port peer() {
        Wire wire = out;
        return wire == null ? null : wire.peer();
    }

    /** Watches every packet of this port (a capture); null = none. */
    public void setTap(Tap newTap) {
        tap = newTap;
    }

    // ---- the subnet manager's and the fabric's side ----

    public void setState(PortState to) {
        if (changeState(to)) {
            owner.signal();
        }
    }

    public void setLids(int baseLid, int newLmc, int newSmLid) {
        if (changeLids(baseLid, newLmc, newSmLid)) {
            owner.signal();
        }
    }

    /** As {@link #setState}, but the caller signals the owner itself, after it has let go of its locks. */
    boolean changeState(PortState to) {
        if (state == to) {
            return false;
        }
        counters.linkDowned += to == PortState.DOWN && isPoweredAtBothEnds() ? 1 : 0; // under the link's lock
        state = to;
        changed = true;
        return true;
    }

    /** What goes down then went down by itself: LinkDownedCounter does not count what somebody switched off (IBA 16.1.3.5). */
    private boolean isPoweredAtBothEnds() {
        Port peer = peer();
        return enabled && (peer == null || peer.enabled);
    }

    boolean changeLids(int baseLid, int newLmc, int newSmLid) {
        if (lid == baseLid && lmc == newLmc && smLid == newSmLid) {
            return false;
        }
        lmc = newLmc;
        smLid = newSmLid;
        lid = baseLid;
        changed = true;
        return true;
    }

    /** A manager asks hosts to tell it again what they had told the one before (PortInfo's ClientReregister). */
    void askToReregister() {
        mustReregister = true;
    }

    /** True once after {@link #askToReregister}. */
    public boolean takeReregister() {
        boolean must = mustReregister;
        mustReregister = false;
        return must;
    }

    void onEnabledChange(Runnable listener) {
        onEnabledChange = listener;
    }

    void plug(Wire wire) {
        out = wire;
    }

    /** Puts a packet into the inbox and wakes the owner; false when it is full. */
    boolean deliver(Packet packet) {
        if (!inbox.offer(packet)) {
            return false;
        }
        owner.signal();
        return true;
    }

    SerialAgent owner() {
        return owner;
    }

    @Override
    public String toString() {
        return name;
    }
}
