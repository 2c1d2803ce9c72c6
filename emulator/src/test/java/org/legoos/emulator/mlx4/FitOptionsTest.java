package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.legoos.fit.Fit;
import org.legoos.kernel.kconfig.KConfig;

/** FIT with options other than the defaults: what they promise, and that all messages still arrive. */
@Timeout(120)
class FitOptionsTest {
    private static final int CALLS = 200;
    private static final int PORT = 13;
    private static final long SECONDS_60 = 60_000_000_000L;
    private static final int ETIMEDOUT = 110;

    /** Nodes 1 to 3 call node 0 at the same time; each call returns its number and one. */
    private static void allCallOne(FitNodes nodes) throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        Fit server = nodes.fits[0];
        server.registerHandler(PORT, "plus one", message -> {
            if (inside.getAndIncrement() != 0) {
                overlaps.incrementAndGet();
            }
            nodes.nodes.get(0).memory.putInt(message.messagePa, nodes.nodes.get(0).memory.getInt(message.messagePa) + 1);
            inside.decrementAndGet();
            server.replyMessageNowait(message, message.messagePa, 4);
        });
        AtomicInteger right = new AtomicInteger();
        Thread[] threads = new Thread[nodes.fits.length - 1];
        for (int i = 0; i < threads.length; i++) {
            int id = i + 1;
            threads[i] = Thread.ofPlatform().start(() -> right.addAndGet(call(nodes, id)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).hasValue(CALLS * threads.length);
        assertThat(overlaps).as("handlers at the same time").hasValue(0);
    }

    private static int call(FitNodes nodes, int id) {
        long buffer = nodes.pages(id, 1);
        int right = 0;
        for (int n = 0; n < CALLS; n++) {
            nodes.nodes.get(id).memory.putInt(buffer, n);
            int got = nodes.fits[id].sendReplyTimeout(0, PORT, buffer, 4, buffer + 64, 64, SECONDS_60);
            right += got == 4 && nodes.nodes.get(id).memory.getInt(buffer + 64) == n + 1 ? 1 : 0;
        }
        return right;
    }

    private static FitNodes nodes(int count, String... options) throws InterruptedException {
        UnaryOperator<KConfig> change = config -> {
            KConfig changed = config.with("FIT_NR_QPS_PER_PAIR", "4");
            for (String option : options) {
                String[] nameAndValue = option.split("=");
                changed = changed.with(nameAndValue[0], nameAndValue[1]);
            }
            return changed;
        };
        return new FitNodes(count, change);
    }

    @Test
    void severalPollingThreads() throws InterruptedException {
        try (FitNodes four = nodes(4, "FIT_RECEIVE_IN_INTERRUPT=n", "FIT_NR_RECVCQ_POLLING_THREADS=3")) {
            allCallOne(four);
            long pollers = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().contains("FIT_RecvPoll")).count();
            assertThat(pollers).isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void severalReceiveQueuesInTheInterrupt() throws InterruptedException {
        try (FitNodes three = nodes(3, "FIT_NR_RECVCQ_POLLING_THREADS=4")) {
            allCallOne(three);
        }
    }

    @Test
    void sendsReportedInBatches() throws InterruptedException {
        try (FitNodes three = nodes(3, "FIT_BATCH_POLL_SEND_CQ=y")) {
            allCallOne(three);
            AtomicInteger arrived = new AtomicInteger();
            three.fits[1].registerHandler(PORT, "counts", message -> {
                arrived.incrementAndGet();
                three.fits[1].freeReceiveBuffer(message);
            });
            long buffer = three.pages(0, 1);
            for (int i = 0; i < CALLS; i++) {
                assertThat(three.fits[0].send(1, PORT, buffer, 64)).as("waits for its completion").isZero();
            }
            while (arrived.get() < CALLS) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void callsOneAtATime() throws InterruptedException {
        try (FitNodes three = nodes(3, "FIT_SEQUENTIAL_IBAPI=y")) {
            allCallOne(three);
            three.fits[1].registerHandler(PORT, "never answers", message -> { });
            long buffer = three.pages(0, 1);
            Thread stuck = Thread.ofPlatform().start(
                    () -> three.fits[0].sendReplyTimeout(1, PORT, buffer, 4, buffer + 64, 64, 1_000_000_000L));
            while (three.fits[0].sendReplyTimeout(2, PORT, buffer + 128, 4, buffer + 192, 64, 1_000_000L) != -ETIMEDOUT
                    && stuck.isAlive()) {
                Thread.onSpinWait();
            }
            stuck.join();
            assertThat(three.fits[0].isConnected(1)).as("did not answer in time").isFalse();
            assertThat(three.fits[0].queryPort(2, "nobody")).as("the gate is open again").isNegative();
        }
    }

    @Test
    void debugMessages() throws InterruptedException {
        try (FitNodes two = nodes(2, "FIT_DEBUG=y")) {
            allCallOne(two);
            assertThat(two.nodes.get(1).log.dump()).contains("fit: 4 bytes to node 0, port " + PORT);
            assertThat(two.nodes.get(0).log.dump()).contains("fit: 4 bytes from node 1 to port " + PORT);
        }
    }
}
