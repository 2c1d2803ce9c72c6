package org.legoos.fit;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;

/** The node's ports: who takes a message. */
final class PortTable {
    static final int PORTS = 64;
    /** FIT's own port: port queries, barriers. */
    static final int CONTROL = 63;

    private final AtomicReferenceArray<Application> applications = new AtomicReferenceArray<>(PORTS);

    /** A registered port; handler null when messages wait in the queue. */
    record Application(String name, Ibapi.Handler handler, MessageQueue queue) {}

    int register(int port, String name, Ibapi.Handler handler) {
        if (port < 0 || port >= PORTS) {
            return -Errno.EINVAL;
        }
        MessageQueue queue = handler == null ? new MessageQueue() : null;
        return applications.compareAndSet(port, null, new Application(name, handler, queue)) ? 0 : -Errno.EBUSY;
    }

    int unregister(int port) {
        if (port < 0 || port >= PORTS) {
            return -Errno.EINVAL;
        }
        Application old = applications.getAndSet(port, null);
        if (old == null) {
            return -Errno.ENOENT;
        }
        if (old.queue != null) {
            old.queue.close();
        }
        return 0;
    }

    Application get(int port) {
        return port >= 0 && port < PORTS ? applications.get(port) : null;
    }

    /** @return the port of a named application or -ENOENT */
    int find(String name) {
        for (int port = 0; port < PORTS; port++) {
            Application application = applications.get(port);
            if (application != null && application.name.equals(name)) {
                return port;
            }
        }
        return -Errno.ENOENT;
    }

    boolean receive(Clock clock, int port, Incoming to, long deadlineNs) {
        Application application = get(port);
        return application != null && application.queue != null && application.queue.take(clock, to, deadlineNs);
    }

    void closeAll() {
        for (int port = 0; port < PORTS; port++) {
            unregister(port);
        }
    }
}
