package org.legoos.emulator.vfiouser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.legoos.emulator.vfiouser.Protocol.Command;
import org.legoos.emulator.vfiouser.Protocol.DmaAccess;
import org.legoos.emulator.vfiouser.Protocol.Header;
import org.legoos.emulator.vfiouser.Protocol.RegionAccess;
import org.legoos.isa.libc.ReceivedDescriptors;
import org.legoos.isa.libc.UnixSocket;
import org.legoos.isa.time.SerialAgent;

/**
 * One client's conversation: takes messages apart, has them executed, replies. Descriptors ride on the first byte of
 * their message, so the header is received on its own and nothing is ever read past a message's end.
 *
 * <p>The device's DMA may go through the conversation, too: our own commands, for whose replies the device's agent
 * waits, on whatever thread it runs. While it waits it serves what else the client says, for a client that waits for
 * a register cannot serve memory. So messages are received under a lock, one thread at a time, and executed before it
 * is given up, in their order; agents that they wake run after it.
 */
final class Connection implements GuestMemory.Remote {
    /** The largest body: a write of all data, a bit more for the sake of clients that count otherwise. */
    static final int BODY_BYTES_MAX = Protocol.MAX_DATA_BYTES + 64;

    /** A client that has not served our DMA by then is sent away. */
    private static final int REPLY_TIMEOUT_MS = 10_000;
    private static final int DMA_BYTES_MAX = 1 << 16;
    private static final int NO_REQUEST = -1;

    private final UnixSocket socket;
    private final DeviceCommands commands;
    private final Arena arena = Arena.ofAuto();
    private final ReentrantLock receiving = new ReentrantLock(true); // fair: guards the fields down to isOver
    private final MemorySegment in = arena.allocate(BODY_BYTES_MAX);
    private final MemorySegment out = arena.allocate(Header.BYTES + RegionAccess.BYTES + Protocol.MAX_DATA_BYTES);
    private final MemorySegment outBody = out.asSlice(Header.BYTES);
    private final MemorySegment header = arena.allocate(Header.BYTES);
    private final ReceivedDescriptors descriptors = new ReceivedDescriptors();
    private String trouble; // why the client has to go
    private MemorySegment replyTo; // where the data of an awaited DMA_READ go
    private long replyAt;
    private boolean isReplyGood;
    private volatile int awaitedId = NO_REQUEST;
    private volatile boolean isOver;

    private final Object sending = new Object(); // guards the socket's sending side
    private final MemorySegment request = arena.allocate(Header.BYTES + DmaAccess.BYTES + DMA_BYTES_MAX);
    private int nextId; // the device agent's

    Connection(UnixSocket socket, DeviceCommands commands) {
        this.socket = socket;
        this.commands = commands;
    }

    /** Serves until the client goes; the result says why if it was sent away, else null. */
    String serve() {
        try {
            while (!isOver) {
                boolean isHeld = SerialAgent.hold();
                receiving.lock();
                try {
                    step();
                } finally {
                    receiving.unlock();
                    if (isHeld) {
                        SerialAgent.letGo();
                    }
                }
            }
            return trouble;
        } finally {
            leave();
        }
    }

    /** From here on nobody touches the socket, whose descriptor is given back next. */
    private void leave() {
        receiving.lock();
        try {
            synchronized (sending) {
                isOver = true;
            }
            descriptors.clear();
        } finally {
            receiving.unlock();
        }
    }

    /** Receives one message and does what it says. The lock is held. */
    private void step() {
        if (isOver || !receive(header, Header.BYTES)) {
            isOver = true;
            return;
        }
        long bodyBytes = Header.SIZE.get(header, 0) - Header.BYTES;
        if (bodyBytes < 0 || bodyBytes > BODY_BYTES_MAX) {
            end("a message of " + Header.SIZE.get(header, 0) + " bytes");
        } else if (!receive(in, (int) bodyBytes)) {
            end("the connection ended within a message");
        } else if ((Header.FLAGS.get(header, 0) & Header.FLAG_TYPE_MASK) != 0) {
            takeReply(in.asSlice(0, bodyBytes));
        } else {
            isOver = !execute(in.asSlice(0, bodyBytes));
        }
        descriptors.clear();
    }

    private void end(String why) {
        trouble = why;
        isOver = true;
    }

    private boolean execute(MemorySegment body) {
        int result = commands.execute(Header.COMMAND.getInt(header, 0), body, outBody, descriptors);
        if ((Header.FLAGS.get(header, 0) & Header.FLAG_NO_REPLY) != 0) {
            return true;
        }
        int sizeBytes = Header.BYTES + Math.max(result, 0);
        Header.ID.set(out, 0, Header.ID.get(header, 0));
        Header.COMMAND.set(out, 0, Header.COMMAND.get(header, 0));
        Header.SIZE.set(out, 0, sizeBytes);
        Header.FLAGS.set(out, 0, result < 0 ? Header.FLAG_REPLY | Header.FLAG_ERROR : Header.FLAG_REPLY);
        Header.ERROR.set(out, 0, result < 0 ? -result : 0);
        synchronized (sending) {
            return socket.send(out, 0, sizeBytes);
        }
    }

    private boolean receive(MemorySegment to, int countBytes) {
        for (int done = 0; done < countBytes; ) {
            int got = socket.receive(to, done, countBytes - done, descriptors);
            if (got == 0) {
                return false;
            }
            done += got;
        }
        return true;
    }

    // ---- DMA by messages: the device's agent, on any thread ----

    @Override
    public boolean read(long guestPa, MemorySegment to, long at, long lengthBytes) {
        return transfer(Command.DMA_READ, guestPa, to, at, lengthBytes);
    }

    @Override
    public boolean write(long guestPa, MemorySegment from, long at, long lengthBytes) {
        return transfer(Command.DMA_WRITE, guestPa, from, at, lengthBytes);
    }

    private boolean transfer(int command, long guestPa, MemorySegment memory, long at, long lengthBytes) {
        for (long done = 0; done < lengthBytes; ) {
            int now = (int) Math.min(DMA_BYTES_MAX, lengthBytes - done);
            if (!ask(command, guestPa + done, memory, at + done, now)) {
                return false;
            }
            done += now;
        }
        return true;
    }

    private boolean ask(int command, long guestPa, MemorySegment memory, long at, int countBytes) {
        boolean isWrite = command == Command.DMA_WRITE;
        int id = nextId++ & Header.ID_MAX;
        int sizeBytes = Header.BYTES + DmaAccess.BYTES + (isWrite ? countBytes : 0);
        Header.ID.set(request, 0, id);
        Header.COMMAND.set(request, 0, command);
        Header.SIZE.set(request, 0, sizeBytes);
        Header.FLAGS.set(request, 0, 0);
        Header.ERROR.set(request, 0, 0);
        DmaAccess.ADDRESS.set(request, Header.BYTES, guestPa);
        DmaAccess.COUNT.set(request, Header.BYTES, countBytes);
        if (isWrite) {
            MemorySegment.copy(memory, at, request, Header.BYTES + DmaAccess.BYTES, countBytes);
        }
        replyTo = isWrite ? null : memory.asSlice(at, countBytes);
        replyAt = guestPa;
        isReplyGood = false;
        awaitedId = id;
        synchronized (sending) {
            if (isOver || !socket.send(request, 0, sizeBytes)) {
                awaitedId = NO_REQUEST;
                return false;
            }
        }
        return awaitReply();
    }

    /** Whoever has the lock receives; with it free that is us, and other messages than the reply are served, too. */
    private boolean awaitReply() {
        while (awaitedId != NO_REQUEST && !isOver) {
            if (!lockInTime()) {
                isOver = true;
                socket.close(); // whoever receives finds its end
                return false;
            }
            try {
                if (awaitedId != NO_REQUEST && !isOver) {
                    if (socket.awaitInput(REPLY_TIMEOUT_MS)) {
                        step();
                    } else {
                        end("no reply to a DMA request");
                        socket.close();
                    }
                }
            } finally {
                receiving.unlock();
            }
        }
        awaitedId = NO_REQUEST;
        return isReplyGood;
    }

    private boolean lockInTime() {
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return receiving.tryLock(REPLY_TIMEOUT_MS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void takeReply(MemorySegment body) {
        if (awaitedId == NO_REQUEST || Header.ID.get(header, 0) != awaitedId) {
            end("a reply to nothing");
            return;
        }
        MemorySegment to = replyTo;
        boolean isError = (Header.FLAGS.get(header, 0) & Header.FLAG_ERROR) != 0;
        boolean isWhole = body.byteSize() >= DmaAccess.BYTES && DmaAccess.ADDRESS.get(body, 0) == replyAt
                && (to == null || body.byteSize() == DmaAccess.BYTES + to.byteSize());
        if (!isError && isWhole) {
            if (to != null) {
                MemorySegment.copy(body, DmaAccess.BYTES, to, 0, to.byteSize());
            }
            isReplyGood = true;
        }
        awaitedId = NO_REQUEST;
    }
}
