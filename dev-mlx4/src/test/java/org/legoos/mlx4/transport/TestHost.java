package org.legoos.mlx4.transport;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.legoos.mlx4.wire.Packet;

/** A QP's host over one array: key KEY reaches all of memory[0, size), nothing else. */
final class TestHost implements QpHost {
    static final int KEY = 0x1234;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    record SendDone(int wqeIndex, Status status) {}

    record ReceiveDone(int wqeIndex, Status status, ReceiveRequest.Kind kind, long bytes, int immediate) {}

    private record Posted(int index, long va, int length) {}

    final TestCard card;
    final byte[] memory;
    private final MemorySegment segment;
    final TransportQp qp;
    boolean queued;

    private final ArrayDeque<Consumer<SendRequest>> sends = new ArrayDeque<>();
    private final ArrayDeque<Posted> receives = new ArrayDeque<>();
    private int sendCount;
    private int receiveCount;
    final List<SendDone> sendDone = new ArrayList<>();
    final List<ReceiveDone> receiveDone = new ArrayList<>();
    final List<QpEvent> events = new ArrayList<>();
    int lastRemoteQpn;
    int atomicsExecuted;
    int keyViolations;
    int readableUpTo;
    int invalidated;

    TestHost(TestCard card, int qpn, int memoryBytes, Function<QpHost, TransportQp> make) {
        this.card = card;
        memory = new byte[memoryBytes];
        segment = MemorySegment.ofArray(memory);
        readableUpTo = memoryBytes;
        qp = make.apply(this);
        qp.attributes.localQpn = qpn;
        card.qps.put(qpn, qp);
    }

    // ---- what a test does ----

    /** Posts without ringing; returns the WQE index. */
    int post(Consumer<SendRequest> fill) {
        int index = sendCount++;
        sends.add(request -> {
            request.wqeIndex = index;
            request.signaled = true;
            fill.accept(request);
        });
        return index;
    }

    int postAndRing(Consumer<SendRequest> fill) {
        int index = post(fill);
        card.doorbell(this);
        return index;
    }

    void postReceive(long va, int length) {
        receives.add(new Posted(receiveCount++, va, length));
    }

    void move(QpState... states) {
        for (QpState state : states) {
            qp.modify(state);
        }
        card.signal();
    }

    // ---- QpHost ----

    @Override
    public boolean fetchSend(SendRequest into) {
        Consumer<SendRequest> next = sends.poll();
        if (next == null) {
            return false;
        }
        next.accept(into);
        return true;
    }

    @Override
    public boolean selectSrq(int srqn) {
        return true;
    }

    @Override
    public boolean fetchReceive(ReceiveRequest into) {
        Posted next = receives.poll();
        if (next == null) {
            return false;
        }
        into.wqeIndex = next.index;
        into.data.add(KEY, next.va, next.length);
        return true;
    }

    @Override
    public void completeSend(SendRequest request, Status status) {
        sendDone.add(new SendDone(request.wqeIndex, status));
    }

    @Override
    public void completeReceive(ReceiveRequest request, Status status) {
        lastRemoteQpn = request.remoteQpn;
        receiveDone.add(new ReceiveDone(request.wqeIndex, status, request.kind, request.byteCount, request.immediate));
    }

    @Override
    public Status executeLocal(SendRequest request) {
        return Status.OK;
    }

    private boolean reaches(int key, long va, long length) {
        return key == KEY && va >= 0 && length >= 0 && va <= memory.length - length;
    }

    @Override
    public Status gather(SendRequest request, long offset, int length, Packet into) {
        if (request.data.isInline()) {
            into.append(MemorySegment.ofArray(request.data.inlineBytes()), offset, length);
            return Status.OK;
        }
        return walk(request.data, offset, length, (va, count, done) -> into.append(segment, va, count));
    }

    @Override
    public Status scatter(ReceiveRequest request, long offset, Packet from) {
        return walk(request.data, offset, from.payloadLength(),
                (va, count, done) -> from.copyPayload(done, segment, va, count));
    }

    @Override
    public Status scatterResponse(SendRequest request, long offset, Packet from) {
        return walk(request.data, offset, from.payloadLength(),
                (va, count, done) -> from.copyPayload(done, segment, va, count));
    }

    private interface Piece {
        void at(long va, int count, int done);
    }

    private Status walk(GatherList list, long offset, int length, Piece piece) {
        long skip = offset;
        int done = 0;
        for (int i = 0; i < list.count() && done < length; i++) {
            if (skip >= list.length(i)) {
                skip -= list.length(i);
                continue;
            }
            int count = (int) Math.min(length - done, list.length(i) - skip);
            if (!reaches(list.key(i), list.address(i) + skip, count)) {
                return Status.LOCAL_PROTECTION;
            }
            piece.at(list.address(i) + skip, count, done);
            done += count;
            skip = 0;
        }
        return done == length ? Status.OK : Status.LOCAL_LENGTH;
    }

    @Override
    public Status scatterAtomic(SendRequest request, long original) {
        segment.set(LONG, request.data.address(0), original);
        return Status.OK;
    }

    @Override
    public Status scatterGrh(ReceiveRequest request, byte[] header, int grhAt) {
        if (grhAt >= 0) {
            System.arraycopy(header, grhAt, memory, (int) request.data.address(0), 40);
        }
        return Status.OK;
    }

    @Override
    public boolean checkRemote(RemoteAccess access, int rkey, long va, long length) {
        return reaches(rkey, va, length);
    }

    @Override
    public boolean remoteWrite(int rkey, long va, Packet from) {
        if (!reaches(rkey, va, from.payloadLength())) {
            return false;
        }
        from.copyPayload(0, segment, va, from.payloadLength());
        return true;
    }

    @Override
    public boolean remoteRead(int rkey, long va, int length, Packet into) {
        return reaches(rkey, va, length) && va + length <= readableUpTo && into.append(segment, va, length);
    }

    @Override
    public long remoteAtomic(int rkey, long va, AtomicOperands operands) {
        atomicsExecuted++;
        long original = segment.get(LONG, va);
        segment.set(LONG, va, operands.apply(original));
        return original;
    }

    long longAt(long va) {
        return segment.get(LONG, va);
    }

    @Override
    public boolean invalidate(int rkey) {
        invalidated = rkey;
        return true;
    }

    @Override
    public void asyncEvent(QpEvent event) {
        events.add(event);
    }

    @Override
    public int pKeyIndex(int pKey) {
        return 0;
    }

    @Override
    public void keyViolation(boolean pKey, Packet packet) {
        keyViolations++;
    }

    @Override
    public AgentTimers timers() {
        return card.timers;
    }

    @Override
    public void runLater() {
        card.runLater(this);
    }

    @Override
    public int lid() {
        return card.port.lid();
    }

    @Override
    public boolean hasRoom() {
        return card.port.hasRoom();
    }

    @Override
    public Packet newPacket() {
        return card.pool.take();
    }

    @Override
    public boolean hasPacketsUnderWay() {
        return card.pool.inFlight() > 0;
    }

    @Override
    public void transmit(Packet packet) {
        card.port.transmit(packet);
    }
}
