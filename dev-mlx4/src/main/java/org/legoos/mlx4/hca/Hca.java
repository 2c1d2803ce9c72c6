package org.legoos.mlx4.hca;

import java.util.function.Consumer;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.irq.LineSink;
import org.legoos.isa.irq.MsiSink;
import org.legoos.isa.irq.VectorSink;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.pci.MsixTable;
import org.legoos.isa.pci.PciConfigSpace;
import org.legoos.isa.pci.PciFunction;
import org.legoos.isa.pci.PciReg;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.transport.AgentTimers;

/**
 * A ConnectX-3 (MT27500, device 0x1003) in a PCI slot, as software sees it: 256 bytes of configuration space, BAR 0
 * with registers and command interface, BAR 2 with doorbells, DMA, MSI-X, and one or two InfiniBand ports. The
 * behaviour follows the programmer's manual of the family as the Linux driver relies on it.
 */
public final class Hca implements PciFunction {
    public static final int VENDOR_ID = 0x15b3;
    public static final int DEVICE_ID = 0x1003;
    static final int OUI = 0x0002c9;
    private static final int SUBSYSTEM_ID = 0x0050;
    private static final int CLASS_INFINIBAND = 0x020700;
    private static final int POWER_MANAGEMENT_CAP = 0x40;
    private static final int VPD_CAP = 0x48;
    private static final int EXPRESS_CAP = 0x60;
    private static final int MSIX_CAP = 0x9c;
    private static final int INTA = 1;
    private static final int NO_INTERRUPT_LINE = 0xff;

    private final HcaCore core;
    private final HcaAgent agent = new HcaAgent();
    private final PciConfigSpace config;
    private final HcaCounters counters;
    private final CommandInterface commands;

    /**
     * @param log gets one line for the first of each kind of trouble; may be called on any thread
     */
    public Hca(HcaConfig identity, Dma dma, MsiSink interrupts, Clock clock, Consumer<String> log) {
        this(identity, dma, interrupts, LineSink.NOT_CONNECTED, clock, log);
    }

    /** @param line where the interrupt pin goes, which is used while MSI-X is off */
    public Hca(HcaConfig identity, Dma dma, MsiSink interrupts, LineSink line, Clock clock, Consumer<String> log) {
        this(identity, dma, new MsixTable(HcaConfig.MSIX_VECTORS, interrupts), line, clock, log);
    }

    /**
     * A card whose slot keeps the MSI-X table and takes interrupts by vector number, as VFIO does.
     *
     * @param line where the interrupt pin goes, which is used while MSI-X is off
     */
    public static Hca withVectors(HcaConfig identity, Dma dma, VectorSink interrupts, LineSink line, Clock clock,
            Consumer<String> log) {
        return new Hca(identity, dma, MsixTable.keptElsewhere(HcaConfig.MSIX_VECTORS, interrupts), line, clock, log);
    }

    private Hca(HcaConfig identity, Dma dma, MsixTable msix, LineSink line, Clock clock, Consumer<String> log) {
        counters = new HcaCounters(identity.name(), log);
        config = new PciConfigSpace(256);
        core = new HcaCore(identity, counters, new BusMaster(dma, config, counters), msix,
                new Interrupts(msix, config));
        core.timers = new AgentTimers(clock, agent);
        for (int i = 0; i < core.ports.length; i++) {
            int number = i + 1;
            Port port = new Port(identity.name() + " port " + number, identity.portGuid(number), agent);
            port.setNumber(number);
            HcaPort own = new HcaPort(number, port, identity.portGuid(number), core);
            port.setAgent(mad -> core.management.process(mad, own, true));
            core.ports[i] = own;
        }
        commands = new CommandInterface(core, commandTable(), agent);
        DcsBar registers = new DcsBar(core, commands, clock, agent::requestReset);
        describe(msix, line, registers, new UarBar(core, agent));
        agent.connect(core, commands, registers);
    }

    private CommandTable commandTable() {
        CommandTable table = new CommandTable(counters);
        MemoryCommands memory = new MemoryCommands(core);
        new FirmwareCommands(core).install(table);
        new IcmCommands(core).install(table);
        new InitCommands(core).install(table);
        new EqCommands(core).install(table);
        new CqCommands(core).install(table);
        new SrqCommands(core).install(table);
        new QpCommands(core).install(table);
        new MulticastCommands(core).install(table);
        memory.install(table);
        new PortCommands(core).install(table);
        core.onClose = memory::reset;
        return table;
    }

    private void describe(MsixTable msix, LineSink line, MmioDevice registers, MmioDevice doorbells) {
        config.identity(VENDOR_ID, DEVICE_ID, 0, CLASS_INFINIBAND)
                .subsystem(VENDOR_ID, SUBSYSTEM_ID)
                .interruptPin(INTA, line)
                .define(PciReg.INTERRUPT_LINE, 1, NO_INTERRUPT_LINE)
                .memoryBar(0, Dcs.BAR_SIZE_BYTES, true, false, registers)
                .memoryBar(2, Uar.BAR_SIZE_BYTES, true, true, doorbells)
                .powerManagement(POWER_MANAGEMENT_CAP, true)
                .msix(MSIX_CAP, msix, 0, Dcs.MSIX_TABLE, Dcs.MSIX_PBA)
                .expressEndpoint(EXPRESS_CAP, 2, 3, 8, 0)
                .functionLevelReset(EXPRESS_CAP, this::reset)
                .vitalProductData(VPD_CAP, VitalProductData.of(core.config));
    }

    /** Port 1 or 2, to be cabled. */
    public Port port(int number) {
        return core.port(number).port;
    }

    public HcaCounters counters() {
        return counters;
    }

    /** Tells of each command that software has the card execute, on the card's thread; null: no more. */
    public void traceCommands(Consumer<CommandTrace> tracer) {
        commands.setTracer(tracer);
    }

    /** Injects a fault: the card meets an internal error, as hardware can, and stops until it is reset. Any thread. */
    public void failInternally() {
        agent.failNextTurn();
        agent.signal();
    }

    @Override
    public int configRead(int offset, int sizeBytes) {
        return config.configRead(offset, sizeBytes);
    }

    @Override
    public void configWrite(int offset, int sizeBytes, int value) {
        config.configWrite(offset, sizeBytes, value);
    }

    @Override
    public MmioDevice bar(int index) {
        return config.bar(index);
    }

    @Override
    public long barSizeBytes(int index) {
        return config.barSizeBytes(index);
    }

    @Override
    public void reset() {
        config.reset();
        agent.requestReset();
    }
}
