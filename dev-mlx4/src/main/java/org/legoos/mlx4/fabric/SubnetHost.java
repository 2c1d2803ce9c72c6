package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.transport.AgentTimer;
import org.legoos.mlx4.transport.AgentTimers;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * Where the built-in subnet manager lives: behind port 0 of the first switch, as on real switches that manage their subnet. Takes
 * the datagrams for it from the switch, sends its own through it, and lets subnet administration, the election of the master and
 * traps do their work, one after the other.
 */
final class SubnetHost extends SerialAgent {
    /** Datagrams that wait; more are dropped and asked again. */
    private static final int WAITING_MAX = 2048;

    private static final int BATCH = 64;
    private static final Component SM_LID = Records.SM_INFO.component("LID");
    private static final int SM_INFO_AT = 4;

    private record Arrived(byte[] mad, int slid, int sourceQp, int destinationQp) {}

    private final Fabric fabric;
    private final Switch at;
    private final AgentTimers timers;
    private final AgentTimer timer;
    private final PacketPool packets = new PacketPool(WAITING_MAX);
    private final ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrivedCount = new AtomicInteger();
    private final ManagerElection election;
    private final SubnetAdministrator administrator = new SubnetAdministrator(this);
    private final ManagerPolls polls;
    private final Set<Gid> inService = new HashSet<>();
    private volatile boolean hasSubnetChanged;
    private volatile boolean isClosed;
    private boolean wasMaster = true;
    private volatile RuntimeException mistake;

    SubnetHost(Fabric fabric, Switch at, Clock clock) {
        this.fabric = fabric;
        this.at = at;
        timers = new AgentTimers(clock, this);
        timer = timers.newTimer(() -> { }); // that the agent runs is all there is to do
        election = new ManagerElection(at.guid());
        polls = new ManagerPolls(this, election);
    }

    // ---- from other threads ----

    /** A datagram for the switch's LID that its own agents do not answer. */
    void receive(byte[] mad, int slid, int sourceQp, int destinationQp) {
        if (arrivedCount.incrementAndGet() > WAITING_MAX) {
            arrivedCount.decrementAndGet();
            at.port(0).counters().vl15Dropped++;
            return;
        }
        arrived.add(new Arrived(mad, slid, sourceQp, destinationQp));
        signal();
    }

    /** Ports, cables or capabilities changed, or the election did. */
    void noteChange() {
        hasSubnetChanged = true;
        signal();
    }

    /** What a datagram led to that should not have happened; null: nothing. */
    RuntimeException mistake() {
        return mistake;
    }

    ManagerElection election() {
        return election;
    }

    void close() {
        isClosed = true;
        signal();
    }

    // ---- on the agent ----

    @Override
    protected void doWork() {
        if (isClosed) {
            timer.cancel();
            return;
        }
        timers.runDue();
        noteElection();
        for (int i = 0; i < BATCH; i++) {
            Arrived next = arrived.poll();
            if (next == null) {
                break;
            }
            arrivedCount.decrementAndGet();
            guarded(() -> take(next));
        }
        if (hasSubnetChanged) {
            hasSubnetChanged = false;
            guarded(this::look);
        }
        long now = nowNs();
        guarded(() -> {
            administrator.runDue(now);
            polls.runDue(now);
            noteElection();
        });
        long next = Math.min(administrator.nextDeadlineNs(), polls.nextDeadlineNs());
        if (next != Long.MAX_VALUE) {
            timer.arm(next);
        }
        if (!arrived.isEmpty()) {
            signal();
        }
    }

    /** Whoever carried a datagram here must not suffer for a mistake of ours. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            mistake = e;
        }
    }

    private void noteElection() {
        boolean isMaster = election.isMaster();
        if (isMaster == wasMaster) {
            return;
        }
        wasMaster = isMaster;
        administrator.forget();
        fabric.setMaster(isMaster);
        hasSubnetChanged = true;
    }

    private void take(Arrived next) {
        MemorySegment m = MemorySegment.ofArray(next.mad);
        if (next.destinationQp == ManagementPacket.QP1) {
            if (wasMaster && Mad.MGMT_CLASS.get(m, 0) == SaMad.CLASS_SUBN_ADM) {
                administrator.receive(next.mad, next.slid, next.sourceQp);
            }
        } else if ((Mad.METHOD.get(m, 0) & Mad.METHOD_RESPONSE_BIT) != 0) {
            polls.answered(next.mad, next.slid);
        } else if (wasMaster && Mad.METHOD.get(m, 0) == Mad.METHOD_TRAP) {
            Traps.take(this, administrator, next.mad, next.slid);
        }
    }

    private void look() {
        SubnetView view = view();
        Set<Gid> now = new HashSet<>();
        List<Gid> fresh = new ArrayList<>();
        for (EndPort each : view.endPorts()) {
            now.add(each.gid());
            if (inService.add(each.gid())) {
                fresh.add(each.gid());
            }
        }
        List<Gid> gone = new ArrayList<>(inService);
        gone.removeAll(now);
        inService.removeAll(gone);
        if (wasMaster && (!fresh.isEmpty() || !gone.isEmpty())) {
            administrator.noteChange(fresh, gone);
        }
        if (election.isPresent()) {
            polls.look(view);
        }
    }

    // ---- what the parts need ----

    long nowNs() {
        return timers.clock().nowNs();
    }

    Port port() {
        return at.port(0);
    }

    int lid() {
        return at.port(0).lid();
    }

    Gid gid() {
        return new EndPort(at.port(0)).gid();
    }

    SubnetView view() {
        return fabric.view();
    }

    void programGroups() {
        fabric.setGroups(administrator.groups().all());
    }

    /** SMInfo records: ours, and those of the other managers that answer. */
    List<byte[]> managers() {
        List<byte[]> all = new ArrayList<>();
        byte[] own = new byte[Records.SM_INFO.sizeBytes()];
        SM_LID.set(own, 0, lid());
        election.describe(MemorySegment.ofArray(own), SM_INFO_AT);
        SmInfo.SM_KEY.set(MemorySegment.ofArray(own), SM_INFO_AT, 0); // is not for everybody
        all.add(own);
        polls.alive().forEach((port, manager) -> {
            byte[] record = new byte[Records.SM_INFO.sizeBytes()];
            MemorySegment r = MemorySegment.ofArray(record);
            SM_LID.set(record, 0, port.lid());
            SmInfo.GUID.set(r, SM_INFO_AT, manager.guid());
            SmInfo.PRIORITY.set(r, SM_INFO_AT, manager.priority());
            SmInfo.STATE.set(r, SM_INFO_AT, manager.state());
            all.add(record);
        });
        return all;
    }

    void sendGeneral(byte[] mad, int dlid, int qp) {
        send(mad, dlid, ManagementPacket.QP1, qp);
    }

    void sendSubnet(byte[] mad, int dlid) {
        send(mad, dlid, ManagementPacket.QP0, ManagementPacket.QP0);
    }

    private void send(byte[] mad, int dlid, int sourceQp, int destinationQp) {
        Packet packet = packets.take();
        if (packet == null || dlid == 0) {
            if (packet != null) {
                packet.release();
            }
            return; // whoever asked asks again
        }
        ManagementPacket.fill(packet, MemorySegment.ofArray(mad), lid(), dlid, sourceQp, destinationQp);
        if (!at.port(0).deliver(packet)) {
            packet.release();
        }
    }
}
