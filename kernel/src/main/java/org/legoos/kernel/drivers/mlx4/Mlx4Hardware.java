package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.drivers.pci.PciDevice;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QueryFw;

/**
 * Brings the card from reset to running and back (Linux mlx4_core main.c): firmware, context memory,
 * INIT_HCA, event queues, the interrupt test, ports.
 */
final class Mlx4Hardware {
    private static final int DCS_BAR = 0;
    private static final int UAR_BAR = 2;
    private static final int MIN_COMMAND_REVISION = 2;
    private static final int MAX_COMMAND_REVISION = 3;
    private static final int FINISH_AT_ONCE = 0x1f;
    /** SET_NODE's input modifier. */
    private static final int NODE_DESCRIPTION = 1;

    private final HostResources host;
    private final PciDevice pci;
    private final Mmio dcs;
    private final Mmio uar;
    private final CommandInterface commands;
    private final CardMemory memory;
    private DeviceCaps caps;
    private Profile profile;
    private IcmLayout layout;
    private MttTable mtts;
    private Mlx4Port[] ports;
    private Mlx4Cq[] cqs;
    private Mlx4Srq[] srqs;
    private EventQueues events;
    private int logMaxCommands;
    private CardHealth health;

    Mlx4Hardware(HostResources host, PciDevice pci) {
        this.host = host;
        this.pci = pci;
        dcs = bar(DCS_BAR, "DCS");
        uar = bar(UAR_BAR, "UAR");
        CardReset.run(host, pci, dcs);
        commands = new CommandInterface(host, dcs, name());
        memory = new CardMemory(host, commands);
    }

    private Mmio bar(int index, String what) {
        if (pci.bar(index) == null) {
            throw new IbException(Errno.ENODEV, name() + ": Missing " + what + ", aborting");
        }
        return pci.bar(index);
    }

    void start() {
        runFirmware();
        queryCaps();
        initContexts();
        openPorts();
        initEvents();
        testInterrupt();
        startPorts();
    }

    private void runFirmware() {
        int pages;
        try (Command command = commands.begin()) {
            command.withOutput(Opcode.QUERY_FW, 0, 0);
            MemorySegment box = command.memory();
            long at = command.outputPa();
            int revision = QueryFw.CMD_IF_REV.get(box, at);
            host.log().info("%s: FW version %d.%d.%03d (cmd intf rev %d), max commands %d", name(), QueryFw.FW_MAJOR.get(box, at),
                    QueryFw.FW_MINOR.get(box, at), QueryFw.FW_SUBMINOR.get(box, at), revision, 1 << QueryFw.LOG_MAX_CMDS.get(box, at));
            if (revision < MIN_COMMAND_REVISION || revision > MAX_COMMAND_REVISION) {
                throw new IbException(Errno.ENODEV, name() + ": command interface revision " + revision + " is not supported");
            }
            Mmio errorBar = QueryFw.ERROR_BUFFER_BAR.get(box, at) == 0 ? dcs : uar;
            health = new CardHealth(host, name(), errorBar, QueryFw.ERROR_BUFFER_BASE.get(box, at));
            logMaxCommands = QueryFw.LOG_MAX_CMDS.get(box, at);
            pages = QueryFw.FW_PAGES.get(box, at);
        }
        memory.mapFirmware(pages);
        plain(Opcode.RUN_FW, 0, 0);
    }

    private void queryCaps() {
        try (Command command = commands.begin()) {
            command.withOutput(Opcode.QUERY_DEV_CAP, 0, 0);
            caps = DeviceCaps.of(command.memory(), command.outputPa());
        }
        if (caps.uarAreaBytes() > uar.sizeBytes()) {
            throw new IbException(Errno.ENODEV, "%s: HCA reported UAR size of 0x%x bigger than PCI resource 2 size of 0x%x"
                    .formatted(name(), caps.uarAreaBytes(), uar.sizeBytes()));
        }
        if (caps.portCount() < 1 || caps.portCount() > 2 || caps.systemEqs() != 0) {
            throw new IbException(Errno.ENODEV, "%s: %d ports, %d system EQs: not supported".formatted(name(), caps.portCount(), caps.systemEqs()));
        }
    }

    private void initContexts() {
        profile = Profile.forNode(caps);
        layout = new IcmLayout(profile, caps);
        long auxiliaryPages;
        try (Command command = commands.begin()) {
            auxiliaryPages = command.immediate(Opcode.SET_ICM_SIZE, 0, 0, layout.totalBytes());
        }
        memory.mapAuxiliary(Math.toIntExact(auxiliaryPages));
        memory.mapIcm(layout);
        try (Command command = commands.begin()) {
            InitHcaMailbox.fill(command, layout, profile, caps);
            command.withInput(Opcode.INIT_HCA, 0, 0);
        }
        mtts = new MttTable(host, memory.tablePa(IcmLayout.Table.MTT), caps.reservedMtts(), 1 << profile.logMtts());
    }

    private void openPorts() {
        ports = new Mlx4Port[caps.portCount()];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = new Mlx4Port(host, commands, i + 1);
        }
    }

    private void initEvents() {
        cqs = new Mlx4Cq[1 << profile.logCqs()];
        srqs = new Mlx4Srq[1 << profile.logSrqs()];
        EventDispatcher dispatcher = new EventDispatcher(host.log(), commands, ports, cqs, srqs, health);
        events = new EventQueues(host, pci, uar, mtts, commands, caps.reservedEqs(), dispatcher);
        events.open();
        commands.useEvents(1 << logMaxCommands);
    }

    /** A NOP that completes by event shows that interrupts arrive. */
    private void testInterrupt() {
        try {
            plain(Opcode.NOP, FINISH_AT_ONCE, 0);
        } catch (IbException e) {
            throw new IbException(e.errno(), name() + ": NOP command failed to generate an interrupt: " + e.getMessage());
        }
        host.log().debug("%s: NOP command IRQ test passed", name());
        plain(Opcode.CONF_SPECIAL_QP, caps.reservedQps(), 0);
    }

    private void startPorts() {
        for (Mlx4Port port : ports) {
            port.open();
        }
    }

    /** Everything back to the state before the probe. */
    void close() {
        health.stop();
        for (Mlx4Port port : ports) {
            port.close();
        }
        commands.usePolling();
        events.close();
        plain(Opcode.CLOSE_HCA, 0, 0);
        plain(Opcode.UNMAP_ICM_AUX, 0, 0);
        plain(Opcode.UNMAP_FA, 0, 0);
        memory.free();
        commands.close();
        dcs.write32Be(Dcs.OWNERSHIP, 0);
        pci.disable();
    }

    /** What the card says of itself in the subnet; at most 63 bytes of it. */
    void setNodeDescription(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Command command = commands.begin()) {
            command.clearInput(Mad.SMP_DATA_BYTES);
            host.memory().write(command.inputPa(), bytes, 0, Math.min(bytes.length, Mad.SMP_DATA_BYTES - 1));
            command.withInput(Opcode.SET_NODE, NODE_DESCRIPTION, 0);
        }
    }

    private void plain(int opcode, int inputModifier, int opcodeModifier) {
        try (Command command = commands.begin()) {
            command.plain(opcode, inputModifier, opcodeModifier);
        }
    }

    private String name() {
        return "mlx4_core " + pci.address();
    }

    Mmio uar() {
        return uar;
    }

    CardHealth health() {
        return health;
    }

    CommandInterface commands() {
        return commands;
    }

    DeviceCaps caps() {
        return caps;
    }

    Profile profile() {
        return profile;
    }

    /** By SRQN. */
    Mlx4Srq[] srqs() {
        return srqs;
    }

    MttTable mtts() {
        return mtts;
    }

    Mlx4Port[] ports() {
        return ports;
    }

    Mlx4Cq[] cqs() {
        return cqs;
    }

    EventQueues events() {
        return events;
    }
}
