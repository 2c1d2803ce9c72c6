package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.sched.WaitQueue;

/** The path of every page fault: it allocates nothing, and it works from several threads at once. */
class FastPathTest {
    private final HostClock clock = HostClock.instance();
    private final TwoNodes nodes = TwoNodes.onASwitch(clock, 1, 2);
    private final BareNode nodeA = nodes.a;
    private final BareNode nodeB = nodes.b;
    private Verbs a;
    private Verbs b;

    @BeforeEach
    void boot() {
        a = new Verbs(nodeA, QpType.RC, 64);
        b = new Verbs(nodeB, QpType.RC, 64);
        Verbs.connect(a, b);
    }

    @AfterEach
    void powerOff() {
        nodes.close();
    }

    @Test
    void aMessageAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WorkCompletion completion = new WorkCompletion();
        exchange(2000, completion);
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(2000, completion);
        long perMessage = (threads.getCurrentThreadAllocatedBytes() - before) / 2000;
        assertThat(perMessage).as("bytes a message, both nodes' drivers and cards included").isZero();
    }

    private void exchange(int messages, WorkCompletion completion) {
        a.target(b, 0);
        for (int i = 0; i < messages; i++) {
            b.receive(i, 0, 0);
            a.post(Opcode.RDMA_WRITE_WITH_IMM, 0, 4096);
            if (i % 16 == 0) {
                b.cq.requestNotification(false);
            }
            while (!b.cq.poll(completion)) {
                Thread.onSpinWait();
            }
            while (!a.cq.poll(completion)) {
                Thread.onSpinWait();
            }
        }
    }

    /** An end that sleeps until its CQ's interrupt, as FIT does when nothing comes. */
    private final class Sleeper {
        final WaitQueue waiters = new WaitQueue();
        final Verbs verbs;
        final WorkCompletion completion = new WorkCompletion();
        final BooleanSupplier hasEvent;
        volatile int events;
        int seen;

        Sleeper(BareNode node) {
            verbs = new Verbs(node, QpType.RC, 64, node.device.createCq(256, this::event));
            hasEvent = () -> events != seen;
        }

        void event() {
            events++; // only the event queue's agent
            waiters.wakeAll();
        }

        boolean await(long deadlineNs) {
            while (!verbs.cq.poll(completion)) {
                seen = events;
                verbs.cq.requestNotification(false);
                if (verbs.cq.poll(completion)) {
                    break;
                }
                // An event of an earlier request may end the wait for nothing: then ask again.
                if (!waiters.await(clock, hasEvent, 0, deadlineNs)) {
                    return false;
                }
            }
            return completion.status == WcStatus.SUCCESS;
        }
    }

    @Test
    void sleepersAreWokenByTheInterrupt() throws InterruptedException {
        int messages = 200;
        long deadlineNs = clock.nowNs() + 20_000_000_000L;
        Sleeper receiver = new Sleeper(nodeB);
        Sleeper sender = new Sleeper(nodeA);
        Verbs.connect(receiver.verbs, sender.verbs);
        receiver.verbs.receive(0, 0, 64);
        AtomicLong sent = new AtomicLong();
        Thread thread = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < messages; i++) {
                sender.verbs.post(Opcode.SEND, 0, 64);
                if (!sender.await(deadlineNs)) {
                    return;
                }
                sent.incrementAndGet();
            }
        });
        int received = 0;
        while (received < messages && receiver.await(deadlineNs)) {
            received++;
            receiver.verbs.receive(received, 0, 64);
        }
        thread.join(20_000);
        assertThat(received).isEqualTo(messages);
        assertThat(sent.get()).isEqualTo(messages);
    }

    @Test
    void severalThreadsShareAQueuePairAndACompletionQueue() throws InterruptedException {
        int perThread = 300;
        Thread[] posters = new Thread[3];
        AtomicLong done = new AtomicLong();
        AtomicLong idSum = new AtomicLong();
        for (int t = 0; t < posters.length; t++) {
            int base = t * perThread;
            posters[t] = Thread.ofPlatform().start(() -> {
                SendWorkRequest request = new SendWorkRequest();
                WorkCompletion completion = new WorkCompletion();
                request.opcode = Opcode.RDMA_WRITE;
                request.signaled = true;
                request.remoteAddress = b.buffer;
                request.remoteKey = b.all.remoteKey();
                request.single(a.buffer, 64, a.all.localKey());
                int posted = 0;
                while (done.get() < (long) perThread * posters.length) {
                    if (posted < perThread) {
                        request.workRequestId = base + posted;
                        posted += a.qp.postSend(request) == 0 ? 1 : 0;
                    }
                    Thread.yield();
                    while (a.cq.poll(completion)) {
                        assertThat(completion.status).isEqualTo(WcStatus.SUCCESS);
                        idSum.addAndGet(completion.workRequestId);
                        done.incrementAndGet();
                    }
                }
            });
        }
        for (Thread poster : posters) {
            poster.join(20_000);
            assertThat(poster.isAlive()).isFalse();
        }
        long total = (long) perThread * posters.length;
        assertThat(idSum.get()).isEqualTo(total * (total - 1) / 2);
    }
}
