package org.legoos.managers.memory.thpool;

import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.KThread;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.StatusReply;

/** One worker of a {@link WorkerPool} and what it owns: a reply buffer in the node's memory, a reader and a writer. */
public class Worker {
    /** Longest reply of a worker. */
    public static final int REPLY_BYTES = roundUp(StatusReply.SIZE_BYTES + FileTransfer.MAX_BYTES);

    private final int id;
    private final long replyPa;
    final Incoming message = new Incoming();
    KThread thread;
    /** Of a worker that is lent: does what is in its message. */
    Runnable task;
    volatile boolean inHandler;
    volatile long handled; // written by the worker only

    public final MessageReader reader = new MessageReader();
    public final MessageWriter writer = new MessageWriter();
    public final long[] result = new long[1];

    /** For a handler that does a worker's work where the request arrives. @param replyPa room for its reply */
    protected Worker(long replyPa) {
        this.id = -1;
        this.replyPa = replyPa;
    }

    Worker(int id, Kernel kernel) {
        this.id = id;
        this.replyPa = kernel.frames().allocContiguous(REPLY_BYTES / PhysicalMemory.PAGE_SIZE);
        if (replyPa == 0) {
            throw new IllegalStateException("memory node is too small for its workers");
        }
    }

    private static int roundUp(int bytes) {
        return bytes + PhysicalMemory.PAGE_SIZE - 1 & -PhysicalMemory.PAGE_SIZE;
    }

    public final int id() {
        return id;
    }

    public final long replyPa() {
        return replyPa;
    }
}
