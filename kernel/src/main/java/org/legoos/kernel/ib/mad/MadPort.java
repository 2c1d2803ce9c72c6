package org.legoos.kernel.ib.mad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.Gid;

/**
 * The general services of the node's port (Linux: struct ib_mad_port_private): who serves which class, whose answer comes in,
 * and where the subnet manager is. The card's own agents answer what is for them, as they did before queue pair 1 was opened.
 */
public final class MadPort implements AutoCloseable {
    private static final int TURN = 64;
    private static final int AGENTS_MAX = 256;

    private final IbHost host;
    private final MadThread thread;
    private final MadDrops drops = new MadDrops();
    private final GsiQueue queue;
    private final Datagram received = new Datagram();
    private final List<MadAgent> agents = new ArrayList<>();
    private final Map<Integer, Consumer<Datagram>> servers = new HashMap<>();
    private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
    private volatile PortState state;
    private volatile Gid gid;
    private volatile boolean hasChanged;

    private MadPort(IbHost host) {
        this.host = host;
        thread = new MadThread(host.scheduler(), "ib_mad1");
        queue = new GsiQueue(host, drops, thread::wake);
        refresh();
        host.device().onPortChange(IbHost.PORT, this::portChanged);
        thread.addPoller(this::poll);
        thread.wake();
    }

    /** Opens queue pair 1; from now on the node answers there by itself. */
    public static MadPort open(IbHost host) {
        return new MadPort(host);
    }

    public IbHost host() {
        return host;
    }

    public MadThread thread() {
        return thread;
    }

    public Timers timers() {
        return thread.timers();
    }

    public MadDrops drops() {
        return drops;
    }

    /** As it was when it last changed. */
    public PortState state() {
        return state;
    }

    /** The port's own identifier, likewise. */
    public Gid gid() {
        return gid;
    }

    // ---- changes of the port ----

    private void portChanged() {
        hasChanged = true;
        thread.wake();
    }

    /** Has {@code onChange} run on the port's thread after each change of the port: another manager, another LID, up or down. */
    public void onChange(Runnable onChange) {
        changeListeners.add(onChange);
    }

    private void refresh() {
        state = host.device().queryPort(IbHost.PORT);
        gid = host.device().queryGid(IbHost.PORT);
    }

    private void lookForChanges() {
        if (hasChanged) {
            hasChanged = false;
            try {
                refresh();
                queue.refreshPkeys();
            } catch (IbException e) { // the card has failed, or is being taken down
                host.log().once(LogLevel.WARNING, "ib_mad port", "ib_mad: port: %s", e.getMessage());
            }
            changeListeners.forEach(Runnable::run);
        }
    }

    // ---- agents ----

    /** An agent that asks about {@code mgmtClass}. From the port's thread, as are all calls to agents. */
    public MadAgent register(int mgmtClass) {
        if (agents.size() == AGENTS_MAX) {
            throw new IbException(Errno.ENOMEM, "ib_mad: too many agents");
        }
        MadAgent agent = new MadAgent(this, agents.size() + 1, mgmtClass);
        agents.add(agent);
        return agent;
    }

    /** As the other, and it gets what others ask of that class; {@code onRequest} keeps nothing of the datagram. */
    public MadAgent register(int mgmtClass, Consumer<Datagram> onRequest) {
        if (servers.putIfAbsent(mgmtClass, onRequest) != null) {
            throw new IbException(Errno.EBUSY, "ib_mad: class " + mgmtClass + " is taken");
        }
        return register(mgmtClass);
    }

    void send(Datagram datagram) {
        queue.send(datagram);
    }

    // ---- what comes ----

    private boolean poll() {
        lookForChanges();
        for (int i = 0; i < TURN; i++) {
            if (!queue.poll(received)) {
                queue.requestNotification();
                return queue.poll(received) && dispatch();
            }
            dispatch();
        }
        return true;
    }

    /** @return true */
    private boolean dispatch() {
        if (received.lid != 0) {
            dispatch(received);
        }
        return true;
    }

    private void dispatch(Datagram datagram) {
        if (Mad.BASE_VERSION.get(datagram.segment, 0) != Datagram.BASE_VERSION) {
            drops.count(Reason.BASE_VERSION);
            return;
        }
        if (datagram.isResponse()) {
            int agent = (int) (datagram.transaction() >>> Integer.SIZE) - 1;
            if (agent < 0 || agent >= agents.size() || !agents.get(agent).answered(datagram)) {
                drops.count(Reason.UNEXPECTED);
            }
            return;
        }
        Consumer<Datagram> server = servers.get(datagram.mgmtClass());
        if (server != null) {
            server.accept(datagram);
        } else {
            unserved(datagram);
        }
    }

    /** The card's own business, or nobody's: a question gets an answer all the same, that this is so (IBA 13.4.7). */
    private void unserved(Datagram datagram) {
        if (datagram.mgmtClass() == Mad.CLASS_PERF) {
            Datagram answer = datagram.reply(datagram.method(), 0);
            if (host.device().processMad(IbHost.PORT, answer.bytes)) {
                send(answer);
            } else {
                drops.count(Reason.MALFORMED);
            }
        } else if (datagram.isGetOrSet()) {
            send(datagram.reply(Mad.METHOD_GET_RESP, Mad.STATUS_BAD_METHOD_ATTR));
        } else {
            drops.count(Reason.UNSERVED);
        }
    }

    @Override
    public void close() {
        thread.close();
        queue.close();
    }
}
