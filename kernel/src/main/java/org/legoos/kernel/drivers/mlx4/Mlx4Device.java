package org.legoos.kernel.drivers.mlx4;

import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.IbDevice;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SharedReceiveQueue;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.prm.mad.Gid;

/** A card that runs: the verbs. Made by {@link Mlx4Driver#probe}. */
public final class Mlx4Device implements IbDevice, AutoCloseable {
    /** The one doorbell page of this driver. */
    static final int UAR_PAGE = Uar.FIRST_SOFTWARE_PAGE;

    private static final int SPECIAL_QPS = 8;
    /** Place of port 1's QP1 among the special ones. */
    private static final int GSI_OF_PORT_1 = 2;
    private static final int MIN_LOG_CQ_SIZE = 7; // one page

    private final HostResources host;
    private final Mlx4Hardware card;
    private final DeviceCaps caps;
    private final MttTable mtts;
    private final MemoryKeys keys;
    private final DoorbellRecords doorbells;
    private final QpTransitions transitions;
    private final IndexAllocator pds;
    private final IndexAllocator cqns;
    private final IndexAllocator qpns;
    private final Mlx4Cq[] cqs;
    private final IndexAllocator srqns;
    private final Mlx4Srq[] srqs;
    private final MulticastGroups groups;
    private final Mlx4Qp[] qps;
    private final long nodeGuid;
    private volatile BlueFlame[] blueFlames = {}; // none: not in use

    Mlx4Device(HostResources host, Mlx4Hardware card) {
        this.host = host;
        this.card = card;
        caps = card.caps();
        mtts = card.mtts();
        cqs = card.cqs();
        keys = new MemoryKeys(host, card.commands(), mtts, caps.reservedMpts(), 1 << card.profile().logMpts());
        doorbells = new DoorbellRecords(host);
        transitions = new QpTransitions(card.commands(), caps.logMaxMessage());
        pds = new IndexAllocator("protection domains", caps.reservedPds(), caps.maxPds());
        cqns = new IndexAllocator("completion queues", caps.reservedCqs(), cqs.length);
        qpns = new IndexAllocator("queue pairs", caps.reservedQps() + SPECIAL_QPS, 1 << card.profile().logQps());
        qps = new Mlx4Qp[1 << card.profile().logQps()];
        srqs = card.srqs();
        srqns = new IndexAllocator("shared receive queues", caps.reservedSrqs(), srqs.length);
        groups = new MulticastGroups(card.commands(), card.profile());
        nodeGuid = card.ports()[0].nodeGuid();
        card.health().start(this::cardFailed);
    }

    /**
     * Queue pairs made from now on send small inline messages through BlueFlame, if the card has it: the card need not
     * fetch them from memory, but the processor writes them twice.
     */
    public void useBlueFlame(boolean isWanted) {
        int registerBytes = isWanted ? caps.blueFlameBytes() : 0;
        BlueFlame[] registers = new BlueFlame[registerBytes == 0 ? 0 : Uar.PAGE_SIZE_BYTES / registerBytes];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = new BlueFlame(card.uar(), caps.uarAreaBytes(), registerBytes, i);
        }
        blueFlames = registers;
    }

    /** The register of a queue pair, or null. */
    BlueFlame blueFlame(int qpn) {
        BlueFlame[] registers = blueFlames;
        return registers.length == 0 ? null : registers[qpn % registers.length];
    }

    @Override
    public String name() {
        return "mlx4_0";
    }

    @Override
    public long nodeGuid() {
        return nodeGuid;
    }

    @Override
    public void powerGoes() {
        card.health().stop();
    }

    @Override
    public void setNodeDescription(String text) {
        card.setNodeDescription(text);
    }

    @Override
    public PortState queryPort(int port) {
        return portOf(port).query();
    }

    @Override
    public Gid queryGid(int port) {
        return portOf(port).gid();
    }

    @Override
    public int queryPkey(int port, int index) {
        return portOf(port).pkey(index);
    }

    @Override
    public boolean processMad(int port, byte[] mad) {
        return portOf(port).process(mad);
    }

    @Override
    public void onPortChange(int port, Runnable onChange) {
        portOf(port).onChange(onChange);
    }

    /** Waits until a subnet manager has configured the port; the state returned says whether it has. */
    public PortState awaitPortActive(int port, long timeoutNs) {
        return portOf(port).awaitActive(timeoutNs);
    }

    private Mlx4Port portOf(int port) {
        if (port < 1 || port > card.ports().length) {
            throw new IbException(Errno.EINVAL, "mlx4_core: no port " + port);
        }
        return card.ports()[port - 1];
    }

    @Override
    public ProtectionDomain allocPd() {
        return new Mlx4Pd(pds.allocate(), keys);
    }

    @Override
    public CompletionQueue createCq(int entries, Runnable onEvent) {
        if (entries < 1 || entries > caps.maxCqes()) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a completion queue of " + entries + " entries");
        }
        int logSize = Math.max(MIN_LOG_CQ_SIZE, 32 - Integer.numberOfLeadingZeros(entries));
        int cqn = cqns.allocate();
        try {
            Mlx4Cq cq = new Mlx4Cq(this, cqn, logSize, onEvent);
            cq.open(card.events().completionEqn());
            cqs[cqn] = cq;
            return cq;
        } catch (IbException e) {
            cqns.free(cqn);
            throw e;
        }
    }

    @Override
    public QueuePair createQp(ProtectionDomain pd, QpType type, QpCapabilities wanted, CompletionQueue sendCq, CompletionQueue receiveCq) {
        return createQp(pd, type, wanted, sendCq, receiveCq, null);
    }

    @Override
    public SharedReceiveQueue createSrq(ProtectionDomain pd, int receives, Runnable onLimit) {
        if (receives < 1 || receives >= caps.maxQpWqes() || !(pd instanceof Mlx4Pd ours)) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a shared receive queue of " + receives + " receives");
        }
        int srqn = srqns.allocate();
        try {
            int logSlots = 32 - Integer.numberOfLeadingZeros(receives); // one slot stays free
            Mlx4Srq srq = new Mlx4Srq(this, srqn, ours.number(), logSlots, onLimit);
            srq.open();
            srqs[srqn] = srq;
            return srq;
        } catch (IbException e) {
            srqns.free(srqn);
            throw e;
        }
    }

    @Override
    public QueuePair createQp(ProtectionDomain pd, QpType type, QpCapabilities wanted, CompletionQueue sendCq,
            CompletionQueue receiveCq, SharedReceiveQueue shared) {
        if (shared != null && !(shared instanceof Mlx4Srq)) {
            throw new IbException(Errno.EINVAL, "mlx4_core: objects of another device");
        }
        if (!(pd instanceof Mlx4Pd ours) || !(sendCq instanceof Mlx4Cq sends) || !(receiveCq instanceof Mlx4Cq receives)) {
            throw new IbException(Errno.EINVAL, "mlx4_core: objects of another device");
        }
        QpGeometry geometry = QpGeometry.of(type, wanted, caps);
        int qpn = type == QpType.GSI ? gsiQpn() : qpns.allocate();
        try {
            Mlx4Qp qp = new Mlx4Qp(this, qpn, type, ours.number(), geometry, wanted, sends, receives, (Mlx4Srq) shared);
            qps[qpn] = qp;
            return qp;
        } catch (IbException e) {
            freeQpn(qpn);
            throw e;
        }
    }

    private int gsiQpn() {
        int qpn = caps.reservedQps() + GSI_OF_PORT_1;
        if (qps[qpn] != null) {
            throw new IbException(Errno.EBUSY, "mlx4_core: queue pair 1 is taken");
        }
        return qpn;
    }

    private void freeQpn(int qpn) {
        if (qpn >= caps.reservedQps() + SPECIAL_QPS) {
            qpns.free(qpn);
        }
    }

    /** The card has stopped: who waits for it is told, and what was posted comes back flushed, as far as it is polled. */
    private void cardFailed() {
        card.commands().cardFailed();
        for (Mlx4Cq cq : cqs) {
            if (cq != null) {
                cq.event();
            }
        }
    }

    boolean hasCardFailed() {
        return card.health().hasFailed();
    }

    /** Ends one posted request of a queue pair that completes at that CQ (Linux: mlx4_ib_poll_sw_comp); false: there is none. */
    boolean flushOne(Mlx4Cq cq, WorkCompletion to) {
        for (Mlx4Qp qp : qps) {
            if (qp != null && qp.flushOne(cq, to)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the card down; no object of it may be used any more. */
    @Override
    public void close() {
        card.close();
        doorbells.close();
    }

    HostResources host() {
        return host;
    }

    Mmio uar() {
        return card.uar();
    }

    CommandInterface commands() {
        return card.commands();
    }

    MttTable mtts() {
        return mtts;
    }

    DoorbellRecords doorbells() {
        return doorbells;
    }

    QpTransitions transitions() {
        return transitions;
    }

    /** The QP of a completion, or null. */
    Mlx4Qp qp(int qpn) {
        return qpn < qps.length ? qps[qpn] : null;
    }

    void dropQp(Mlx4Qp qp) {
        qps[qp.qpn()] = null;
        freeQpn(qp.qpn());
    }

    void dropSrq(Mlx4Srq srq) {
        srqs[srq.srqn()] = null;
        srqns.free(srq.srqn());
    }

    MulticastGroups groups() {
        return groups;
    }

    void dropCq(Mlx4Cq cq) {
        cqs[cq.cqn()] = null;
    }

    void freeCqn(int cqn) {
        cqns.free(cqn);
    }
}
