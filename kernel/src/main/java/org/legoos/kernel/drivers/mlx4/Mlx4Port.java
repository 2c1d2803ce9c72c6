package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.MadIfc;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.QueryPort;
import org.legoos.mlx4.prm.mad.Gid;

/** A port of the card: brought up by INIT_PORT, observed through MAD_IFC (mlx4_ib's query_port). */
final class Mlx4Port {
    private static final long POLL_NS = 20_000_000L; // an LID may be set without an event

    private final HostResources host;
    private final CommandInterface commands;
    private final int number;
    private final int maxMtuBytes;
    private final int gidCount;
    private final int pkeyCount;
    private final WaitQueue waiters = new WaitQueue();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile int changes;

    Mlx4Port(HostResources host, CommandInterface commands, int number) {
        this.host = host;
        this.commands = commands;
        this.number = number;
        try (Command command = commands.begin()) {
            command.withOutput(Opcode.QUERY_PORT, number, 0);
            MemorySegment box = command.memory();
            maxMtuBytes = PortMads.mtuBytes(QueryPort.IB_MTU.get(box, command.outputPa()));
            gidCount = 1 << QueryPort.LOG_MAX_GID.get(box, command.outputPa());
            pkeyCount = 1 << QueryPort.LOG_MAX_PKEY.get(box, command.outputPa());
        }
    }

    /** Starts the link. */
    void open() {
        try (Command command = commands.begin()) {
            command.plain(Opcode.INIT_PORT, number, 0);
        }
    }

    void close() {
        try (Command command = commands.begin()) {
            command.plain(Opcode.CLOSE_PORT, number, 0);
        }
    }

    PortState query() {
        try (Command command = commands.begin()) {
            ask(command, Mad.ATTR_PORT_INFO, number);
            return PortMads.portState(command.memory(), command.outputPa(), maxMtuBytes, pkeyCount, gidCount);
        }
    }

    long nodeGuid() {
        try (Command command = commands.begin()) {
            ask(command, Mad.ATTR_NODE_INFO, 0);
            return PortMads.nodeGuid(command.memory(), command.outputPa());
        }
    }

    Gid gid() {
        try (Command command = commands.begin()) {
            ask(command, Mad.ATTR_PORT_INFO, number);
            long prefix = PortMads.gidPrefix(command.memory(), command.outputPa());
            ask(command, Mad.ATTR_NODE_INFO, 0);
            return new Gid(prefix, PortMads.portGuid(command.memory(), command.outputPa()));
        }
    }

    int pkey(int index) {
        if (index < 0 || index >= pkeyCount) {
            throw new IbException(Errno.EINVAL, "mlx4_core: no P_Key " + index);
        }
        try (Command command = commands.begin()) {
            ask(command, Mad.ATTR_PKEY_TABLE, index / Mad.PKEYS_PER_BLOCK);
            return PortMads.pkey(command.memory(), command.outputPa(), index % Mad.PKEYS_PER_BLOCK);
        }
    }

    private void ask(Command command, int attribute, int modifier) {
        PortMads.request(command.memory(), command.inputPa(), attribute, modifier);
        command.withBoth(Opcode.MAD_IFC, number, MadIfc.IGNORE_MKEY | MadIfc.IGNORE_BKEY);
    }

    /** A datagram that came for the card itself: it judges the keys. @return false when it has no answer */
    boolean process(byte[] mad) {
        try (Command command = commands.begin()) {
            host.memory().write(command.inputPa(), mad, 0, Mad.SIZE_BYTES);
            command.withBoth(Opcode.MAD_IFC, number, 0);
            host.memory().read(command.outputPa(), mad, 0, Mad.SIZE_BYTES);
            return true;
        } catch (IbException e) {
            return false; // BAD_PKT: to be dropped
        }
    }

    void onChange(Runnable run) {
        listeners.add(run);
    }

    /** The card says that something about the port is different now. */
    void changed() {
        changes++; // only the asynchronous event queue writes it
        waiters.wakeAll();
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** Waits until the port is active and a subnet manager has given it an LID; the state at the end says whether. */
    PortState awaitActive(long timeoutNs) {
        long deadlineNs = host.clock().nowNs() + timeoutNs;
        while (true) {
            int seen = changes;
            PortState state = query();
            long nowNs = host.clock().nowNs();
            if (state.active() && state.lid() != 0 || nowNs >= deadlineNs) {
                return state;
            }
            BooleanSupplier hasChanged = () -> changes != seen;
            waiters.await(host.clock(), hasChanged, 0, Math.min(deadlineNs, nowNs + POLL_NS));
        }
    }
}
