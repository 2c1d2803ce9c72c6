package org.legoos.kernel.sched;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * The host's threads that kernel threads run on. Starting one takes hundreds of microseconds, most of them in the caller, so
 * threads whose body has ended wait a while for another one.
 */
final class HostThreads {
    private static final int IDLE_PARKS = 4;
    private static final long IDLE_PARK_NS = 500_000_000L;
    private static final int IDLE_MAX = 64;

    private final ConcurrentLinkedDeque<Host> idle = new ConcurrentLinkedDeque<>();

    /** Runs the body on a thread of this name. @param stackBytes 0 for the default */
    void run(String name, long stackBytes, Runnable body) {
        Host host = stackBytes == 0 ? idle.pollFirst() : null;
        if (host != null) {
            host.next(name, body);
            return;
        }
        Host fresh = new Host(name, body, stackBytes == 0);
        Thread.ofPlatform().daemon().name(name).stackSize(stackBytes).start(fresh);
    }

    private final class Host implements Runnable {
        private final boolean isReused;
        private volatile Thread thread;
        private String name;
        private volatile Runnable body; // null while idle; name is written before it

        Host(String name, Runnable body, boolean isReused) {
            this.name = name;
            this.body = body;
            this.isReused = isReused;
        }

        void next(String newName, Runnable newBody) {
            name = newName;
            body = newBody;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            do {
                body.run();
                body = null;
            } while (isReused && awaitBody());
        }

        private boolean awaitBody() {
            if (idle.size() >= IDLE_MAX) {
                return false;
            }
            idle.addFirst(this);
            for (int i = 0; i < IDLE_PARKS && body == null; i++) { // some end early, by wakes that came for the last body
                LockSupport.parkNanos(this, IDLE_PARK_NS);
                Thread.interrupted();
            }
            if (body == null && idle.remove(this)) {
                return false;
            }
            while (body == null) {
                Thread.onSpinWait(); // somebody has taken it from the deque and is about to set the body
            }
            thread.setName(name);
            return true;
        }
    }
}
