package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.isa.pci.MsixTable;
import org.legoos.mlx4.fabric.PerformanceAgent;
import org.legoos.mlx4.prm.InitHca;
import org.legoos.mlx4.transport.AgentTimers;
import org.legoos.mlx4.wire.PacketPool;

/** What the parts of one card share. Used only by the card's agent unless a part says otherwise. */
final class HcaCore {
    /** Packets that one card may have in flight; more than a peer's inbox takes. */
    private static final int PACKETS_MAX = 16384;

    final HcaConfig config;
    final HcaCounters counters;
    final BusMaster bus;
    final MsixTable msix;
    final Interrupts interrupts;
    final IcmMap icm;
    final Mtt mtt;
    final MemoryKeys keys;
    final EventQueues events;
    final WqeSource wqeSource = new WqeSource();
    final WqeParser wqeParser;
    final ManagementAgent management;
    final Diagnostics diagnostics = new Diagnostics(this);
    final KeyOperations keyOperations = new KeyOperations(this);
    final MulticastTable multicast = new MulticastTable();
    final MulticastDelivery multicastDelivery = new MulticastDelivery(this);
    final PacketPool packets = new PacketPool(PACKETS_MAX);
    final PendingList doorbells = new PendingList();
    boolean isPoolDry; // some QP found no packet to send with
    final RunList runList = new RunList();
    final HcaPort[] ports;
    private PerformanceAgent performance; // made when the ports are there
    Runnable onClose = () -> {}; // what else has to forget, set once
    HcaState state = HcaState.RESET;
    long firmwarePages;
    int specialQpBase; // 0: none
    MemorySegment initHca; // what INIT_HCA said; null until then
    AgentTimers timers; // set once, right after construction: needs the agent

    /** Tables; replaced by INIT_HCA. Doorbell writers read these fields, so they are volatile. */
    volatile ObjectTable<QueuePair> qps = new ObjectTable<>(0, 0);
    volatile ObjectTable<CompletionQueue> cqs = new ObjectTable<>(0, 0);
    volatile ObjectTable<SharedReceiveQueue> srqs = new ObjectTable<>(0, 0);

    HcaCore(HcaConfig config, HcaCounters counters, BusMaster bus, MsixTable msix, Interrupts interrupts) {
        this.config = config;
        this.counters = counters;
        this.bus = bus;
        this.msix = msix;
        this.interrupts = interrupts;
        icm = new IcmMap(counters);
        mtt = new Mtt(icm, bus, counters);
        keys = new MemoryKeys(icm, bus, mtt, counters);
        events = new EventQueues(counters);
        wqeParser = new WqeParser(counters);
        ports = new HcaPort[config.portCount()];
        management = new ManagementAgent(this);
    }

    PerformanceAgent performance() {
        if (performance == null) {
            performance = new PerformanceAgent(Arrays.stream(ports).map(each -> each.port).toList(), 1);
        }
        return performance;
    }

    /** The port numbered from 1, or null. */
    HcaPort port(int number) {
        return number >= 1 && number <= ports.length ? ports[number - 1] : null;
    }

    /** The queue pair that packets for DestQP {@code wireQpn} of a port go to, or null. */
    QueuePair receiver(int wireQpn, HcaPort port) {
        int qpn = wireQpn;
        if (wireQpn == SpecialQp.QP0 || wireQpn == SpecialQp.QP1) {
            if (specialQpBase == 0) {
                return null;
            }
            qpn = SpecialQp.qpn(specialQpBase, wireQpn, port.number);
        }
        QueuePair qp = qps.get(qpn);
        return qp != null && qp.qpn == qpn && qp.hcaPort() == port ? qp : null;
    }

    /** INIT_HCA. */
    void initialise(MemorySegment init) {
        initHca = init;
        mtt.setBase(InitHca.MTT_BASE.get(init, 0));
        keys.setTable(InitHca.DMPT_BASE.get(init, 0), InitHca.LOG_MPTS.get(init, 0));
        qps = new ObjectTable<>(InitHca.LOG_QPS.get(init, 0), HcaLimits.MAX_LIVE_QPS);
        cqs = new ObjectTable<>(InitHca.LOG_CQS.get(init, 0), HcaLimits.MAX_LIVE_CQS);
        srqs = new ObjectTable<>(InitHca.LOG_SRQS.get(init, 0), HcaLimits.MAX_LIVE_SRQS);
        icm.invalidateCaches();
        state = HcaState.READY;
    }

    /** CLOSE_HCA: nothing that software made is left. */
    void close() {
        qps.forEach(QueuePair::kill);
        cqs.forEach(CompletionQueue::retire);
        qps = new ObjectTable<>(0, 0);
        cqs = new ObjectTable<>(0, 0);
        srqs = new ObjectTable<>(0, 0);
        multicast.clear();
        events.clear();
        interrupts.reset();
        keys.setTable(0, 0);
        icm.invalidateCaches();
        initHca = null;
        specialQpBase = 0;
        for (HcaPort port : ports) {
            port.port.setEnabled(false);
            port.reset();
        }
        management.reset();
        if (state == HcaState.READY) {
            state = HcaState.FW_RUNNING;
        }
        onClose.run();
    }

    /** Chip reset. */
    void reset() {
        close();
        icm.clear();
        firmwarePages = 0;
        state = HcaState.RESET;
    }
}
