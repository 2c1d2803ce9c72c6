package org.legoos.managers.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.kernel.boot.Kernel;
import org.legoos.managers.memory.vm.MapCalls;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.rpc.PcacheFlush;
import org.legoos.managers.rpc.PcacheMiss;

/** The miss path by itself: what it sends, what it does when locks are taken, and that it allocates nothing. */
class PcacheHandlerTest {
    private static final int PID = 3;
    private static final long VA = 0x10000000;
    private static final int PAGES = 256;

    /** Notes what is sent. */
    private static final class Sent implements Ibapi {
        long replyPa;
        int lengthBytes;
        int privateBits;
        int count;

        @Override
        public int replyMessageWithPrivateBits(Incoming message, long pa, int length, int bits) {
            replyPa = pa;
            lengthBytes = length;
            privateBits = bits;
            count++;
            return 0;
        }

        @Override
        public int nodeId() {
            return 1;
        }

        @Override
        public int numConnectedNodes() {
            return 1;
        }

        @Override
        public boolean isConnected(int node) {
            return true;
        }

        @Override
        public void onDeparture(IntConsumer handler) {}

        @Override
        public int send(int node, int port, long messagePa, int length) {
            return 0;
        }

        @Override
        public int sendReplyImm(int node, int port, long requestPa, int length, long pa, int maxReplyBytes) {
            return 0;
        }

        @Override
        public int sendReplyTimeout(int node, int port, long requestPa, int length, long pa, int max, long timeoutNs) {
            return 0;
        }

        @Override
        public int sendReplyTimeoutWithPrivateBits(
                int node, int port, long requestPa, int length, long pa, int max, long timeoutNs, int[] bits) {
            return 0;
        }

        @Override
        public int multicastSendReplyTimeout(
                int[] nodes, int port, long requestPa, int length, long[] pas, int max, int[] results, long timeoutNs) {
            return 0;
        }

        @Override
        public boolean receiveMessage(int port, Incoming to, long deadlineNs) {
            return false;
        }

        @Override
        public int replyMessage(Incoming message, long pa, int length) {
            return 0;
        }

        @Override
        public int replyMessageNowait(Incoming message, long pa, int length) {
            return 0;
        }

        @Override
        public void freeReceiveBuffer(Incoming message) {}

        @Override
        public int registerApplication(int port, String name) {
            return 0;
        }

        @Override
        public int registerHandler(int port, String name, Handler handler) {
            return 0;
        }

        @Override
        public int unregisterApplication(int port) {
            return 0;
        }

        @Override
        public int queryPort(int node, String name) {
            return 0;
        }

        @Override
        public int distBarrier(int id, int count, long timeoutNs) {
            return 0;
        }
    }

    private final LoopbackCluster cluster = new LoopbackCluster(1, 16 << 20);
    private final Kernel kernel = cluster.kernel(0);
    private final MemorySegment ram = kernel.memory().segment();
    private final Sent sent = new Sent();
    private final MemoryNode node = new MemoryNode(kernel, sent);
    private final PcacheHandler handler = new PcacheHandler(node);
    private final MmStruct mm = MmStruct.create(
            node.memory, node.frames, node.zeroPagePa, new MmStruct.Layout(0x7ffffffff000L, 8 << 20, 0));
    private final Incoming message = new Incoming();

    PcacheHandlerTest() {
        node.tasks.put(new Task(0, PID, mm));
        MapCalls.mmap(mm, VA, PAGES * 4096L, 3, 0x32, null, 0);
        message.wantsReply = true;
        message.maxReplyBytes = 4096;
        message.messagePa = kernel.frames().allocContiguous(2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private boolean miss(long va, long flushVa) {
        message.lengthBytes = PcacheMiss.WITH_FLUSH_BYTES;
        PcacheMiss.PID.set(ram, message.messagePa, PID);
        PcacheMiss.ACCESS.set(ram, message.messagePa, PcacheMiss.ACCESS_WRITE);
        PcacheMiss.MISSING_VA.set(ram, message.messagePa, va);
        PcacheMiss.HAS_FLUSH.set(ram, message.messagePa, 1);
        PcacheFlush.PID.set(ram, message.messagePa + PcacheMiss.FLUSH_AT, PID);
        PcacheFlush.USER_VA.set(ram, message.messagePa + PcacheMiss.FLUSH_AT, flushVa);
        return handler.miss(message, false);
    }

    @Test
    void thePageIsSentFromItsOwnFrame() {
        assertThat(miss(VA, VA + 4096)).isTrue();
        assertThat(sent.lengthBytes).isEqualTo(4096);
        assertThat(sent.replyPa).isEqualTo(mm.ensurePage(VA)).isNotEqualTo(node.zeroPagePa);
        assertThat(mm.residentPages()).isEqualTo(2);
    }

    @Test
    void aTakenLockIsNotWaitedFor() throws InterruptedException {
        boolean[] done = {true};
        mm.lock();
        try {
            Thread other = Thread.ofPlatform().start(() -> done[0] = miss(VA, VA));
            other.join();
        } finally {
            mm.unlock();
        }
        assertThat(done[0]).isFalse();
        assertThat(sent.count).as("nothing was answered").isZero();
        assertThat(miss(VA, VA)).isTrue();
    }

    @Test
    void missAndFlushAllocateNothing() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        int rounds = 20_000;
        run(rounds);
        long before = threads.getCurrentThreadAllocatedBytes();
        long startNs = kernel.clock().nowNs();
        run(rounds);
        long tookNs = kernel.clock().nowNs() - startNs;
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.println("combined miss and flush: " + tookNs / rounds + " ns, " + allocated + " bytes in " + rounds);
        assertThat(allocated).as("bytes in %d misses with flushes", rounds).isLessThan(rounds);
    }

    private void run(int rounds) {
        for (int i = 0; i < rounds; i++) {
            miss(VA + i % PAGES * 4096L, VA + (i + 7) % PAGES * 4096L);
        }
    }
}
