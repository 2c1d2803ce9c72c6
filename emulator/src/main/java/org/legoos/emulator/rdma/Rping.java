package org.legoos.emulator.rdma;

import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.emulator.bench.BareNode;
import org.legoos.kernel.ib.Access;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.ib.rdmacm.RdmaConnection;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;

/**
 * The exchange of librdmacm's rping over one connection. The client tells where its data are; the server reads them by RDMA and says
 * so; the client tells where it wants them back; the server writes them there by RDMA and says so.
 */
public final class Rping implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;
    private static final int DATA_FRAMES = 16; // of 64 KiB
    private static final long SILENCE_NS_MAX = 60_000_000_000L;
    private static final int FIRST_CHARACTER = 'A';
    private static final int LAST_CHARACTER = 'z';

    /** What the two tell each other: where data are. In network order. */
    private static final class Info {
        static final LongField ADDRESS = LongField.word64(0);
        static final Field KEY = Field.word32(8);
        static final Field SIZE_BYTES = Field.word32(12);
        static final int BYTES = 16;
    }

    private final BareNode node;
    private final RdmaConnection connection;
    private final PingPlan plan;
    private final PrintStream out;
    private final long infoPa; // received, then sent
    private final long dataPa; // a client's source, a server's copy
    private final long sinkPa; // a client's sink
    private final MemoryRegion infoRegion;
    private final MemoryRegion dataRegion;
    private final SendWorkRequest request = new SendWorkRequest();
    private final WorkCompletion completion = new WorkCompletion();
    private int received; // messages that have come and were not waited for yet
    private boolean isReadDone;
    private boolean isWriteDone;

    /** Posts the first receive; the connection may then become one. */
    public Rping(BareNode node, RdmaConnection connection, PingPlan plan, PrintStream out) {
        this.node = node;
        this.connection = connection;
        this.plan = plan;
        this.out = out;
        infoPa = node.frames.alloc();
        dataPa = node.frames.allocContiguous(2 * DATA_FRAMES);
        sinkPa = dataPa + (long) DATA_FRAMES * PAGE_BYTES;
        infoRegion = connection.pd().register(infoPa, infoPa, PAGE_BYTES, Access.LOCAL_WRITE);
        dataRegion = connection.pd().register(dataPa, dataPa, 2L * DATA_FRAMES * PAGE_BYTES,
                Access.LOCAL_WRITE | Access.REMOTE_READ | Access.REMOTE_WRITE);
        postReceive();
    }

    private void postReceive() {
        check(connection.qp().postReceive(0, infoPa, Info.BYTES, infoRegion.localKey()));
    }

    // ---- the two roles ----

    /** Serves the exchange until the client has gone. @return how many it were */
    public int serve() {
        for (int count = 0;; count++) {
            if (!awaitMessage()) {
                return count;
            }
            int length = Info.SIZE_BYTES.get(info(), 0);
            if (length < 1 || length > PingPlan.SIZE_MAX) {
                throw new IllegalStateException("the client's data are " + Integer.toUnsignedString(length) + " bytes");
            }
            if (!rdma(Opcode.RDMA_READ, length) || !await(() -> isReadDone)) {
                return count;
            }
            isReadDone = false;
            int text = textBytes(length);
            if (plan.isVerbose()) {
                out.println("server ping data: " + text(dataPa, text));
            }
            if (!goAhead() || !awaitMessage() || !rdma(Opcode.RDMA_WRITE, Math.min(text + 1, length)) || !await(() -> isWriteDone)) {
                return count;
            }
            isWriteDone = false;
            if (!goAhead()) {
                return count + 1;
            }
        }
    }

    /** Runs the exchange. @return how many went well; fewer than planned: the server has gone */
    public int call() {
        for (int count = 0; plan.count() == 0 || count < plan.count(); count++) {
            byte[] sent = pattern(count);
            node.memory.write(dataPa, sent, 0, sent.length);
            if (!tell(dataPa) || !awaitMessage() || !tell(sinkPa) || !awaitMessage()) {
                return count;
            }
            byte[] back = new byte[sent.length];
            node.memory.read(sinkPa, back, 0, back.length);
            if (plan.validates() && !Arrays.equals(sent, back)) {
                throw new IllegalStateException("data mismatch in exchange " + count);
            }
            if (plan.isVerbose()) {
                out.println("ping data: " + text(sinkPa, textBytes(sinkPa, plan.sizeBytes())));
            }
        }
        return plan.count();
    }

    /** rping's text: a head with the number, then letters from a start that moves on, a NUL at the end. */
    private byte[] pattern(int number) {
        byte[] bytes = new byte[plan.sizeBytes()];
        byte[] head = ("rdma-ping-" + number + ": ").getBytes(StandardCharsets.US_ASCII);
        int letters = LAST_CHARACTER - FIRST_CHARACTER + 1;
        for (int i = 0; i < bytes.length - 1; i++) {
            bytes[i] = i < head.length ? head[i] : (byte) (FIRST_CHARACTER + (number + i - head.length) % letters);
        }
        return bytes;
    }

    // ---- messages ----

    private MemorySegment info() {
        return node.memory.segment().asSlice(infoPa, Info.BYTES);
    }

    private boolean tell(long pa) {
        MemorySegment message = node.memory.segment().asSlice(infoPa + Info.BYTES, Info.BYTES);
        Info.ADDRESS.set(message, 0, pa);
        Info.KEY.set(message, 0, dataRegion.remoteKey());
        Info.SIZE_BYTES.set(message, 0, plan.sizeBytes());
        return goAhead();
    }

    private boolean goAhead() {
        request.opcode = Opcode.SEND;
        request.single(infoPa + Info.BYTES, Info.BYTES, infoRegion.localKey());
        return post();
    }

    private boolean rdma(Opcode opcode, int length) {
        request.opcode = opcode;
        request.remoteAddress = Info.ADDRESS.get(info(), 0);
        request.remoteKey = Info.KEY.get(info(), 0);
        request.single(dataPa, length, dataRegion.localKey());
        return post();
    }

    private boolean post() {
        request.signaled = true;
        return connection.qp().postSend(request) == 0;
    }

    private boolean awaitMessage() {
        boolean has = await(() -> received > 0);
        received -= has ? 1 : 0;
        return has;
    }

    /** Takes completions until the condition holds; false when the connection has ended. */
    private boolean await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!connection.poll(completion, node.clock.nowNs() + SILENCE_NS_MAX)) {
                if (connection.isConnected()) {
                    throw new IllegalStateException("nothing came for " + SILENCE_NS_MAX / 1_000_000_000L + " s");
                }
                return false;
            }
            if (completion.status == WcStatus.WR_FLUSH_ERR) {
                return false;
            }
            if (completion.status != WcStatus.SUCCESS) {
                throw new IllegalStateException("completion with status " + completion.status);
            }
            done(completion.opcode);
        }
        return true;
    }

    private void done(WcOpcode opcode) {
        switch (opcode) {
            case RDMA_READ -> isReadDone = true;
            case RDMA_WRITE -> isWriteDone = true;
            case RECV -> {
                if (completion.lengthBytes != Info.BYTES) {
                    throw new IllegalStateException("Received bogus data, size " + completion.lengthBytes);
                }
                received++;
                postReceive();
            }
            default -> { }
        }
    }

    // ---- text ----

    private int textBytes(int length) {
        return textBytes(dataPa, length);
    }

    private int textBytes(long pa, int length) {
        int end = 0;
        while (end < length && node.memory.getByte(pa + end) != 0) {
            end++;
        }
        return end;
    }

    private String text(long pa, int length) {
        byte[] bytes = new byte[length];
        node.memory.read(pa, bytes, 0, length);
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("errno " + -result);
        }
    }

    /** Ends the connection. */
    @Override
    public void close() {
        connection.close();
        infoRegion.close();
        dataRegion.close();
        node.frames.free(infoPa);
        node.frames.freeContiguous(dataPa, 2 * DATA_FRAMES);
    }
}
