package org.legoos.emulator.bench;

import java.util.Arrays;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.fabric.Fabric;

/**
 * Half round trip of a message between two nodes in one JVM, both polling, as perftest's ib_send_lat and
 * ib_write_lat (with immediate) measure it: driver, card model, switch, card model, driver.
 *
 * <p>Arguments: messages (default 200000), payload bytes (64), threads: 1 plays both ends on one thread,
 * which shows the work alone; 2 gives each end a thread, as nodes have; how messages are sent: gather (from memory),
 * inline (in the request), or blueflame (inline, through BlueFlame).
 */
public final class RcLatency {
    private static final int DEPTH = 64;
    private static final int WARM_UP_ROUNDS = 3;

    /** One end: sends when it has received. */
    private static final class End {
        final QueuePair qp;
        final CompletionQueue sendCq;
        final CompletionQueue receiveCq;
        final MemoryRegion all;
        final long buffer;
        final int lid;
        final SendWorkRequest request = new SendWorkRequest();
        final WorkCompletion completion = new WorkCompletion();

        End(BareNode node, int payloadBytes) {
            ProtectionDomain pd = node.device.allocPd();
            all = pd.dmaRegion(true);
            sendCq = node.device.createCq(4 * DEPTH, () -> { });
            receiveCq = node.device.createCq(4 * DEPTH, () -> { });
            qp = node.device.createQp(pd, QpType.RC, new QpCapabilities(DEPTH, DEPTH, 1, 1, 64), sendCq, receiveCq);
            buffer = node.frames.allocContiguous((payloadBytes >> 12) + 1);
            lid = node.device.queryPort(1).lid();
            request.opcode = payloadBytes > 1024 ? SendWorkRequest.Opcode.RDMA_WRITE_WITH_IMM : SendWorkRequest.Opcode.SEND;
            request.signaled = true;
            request.single(buffer, payloadBytes, all.localKey());
        }

        void connect(End peer) {
            QpAttributes attributes = new QpAttributes();
            attributes.destinationLid = peer.lid;
            attributes.destinationQpn = peer.qp.qpn();
            request.remoteAddress = peer.buffer;
            request.remoteKey = peer.all.remoteKey();
            check(qp.toInit(attributes) | qp.toReadyToReceive(attributes) | qp.toReadyToSend(attributes));
            for (int i = 0; i < DEPTH / 2; i++) {
                postReceive();
            }
        }

        void postReceive() {
            check(qp.postReceive(0, buffer, request.sgeLengthBytes[0], all.localKey()));
        }

        void send() {
            check(qp.postSend(request));
        }

        void awaitSent() {
            await(sendCq);
        }

        void awaitReceived() {
            await(receiveCq);
            postReceive();
        }

        private void await(CompletionQueue cq) {
            while (!cq.poll(completion)) {
                Thread.onSpinWait();
            }
            if (completion.status != WcStatus.SUCCESS) {
                throw new IllegalStateException("completion with status " + completion.status);
            }
        }

        private static void check(int result) {
            if (result != 0) {
                throw new IllegalStateException("errno " + -result);
            }
        }
    }

    private RcLatency() {}

    public static void main(String[] args) throws InterruptedException {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int payloadBytes = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        Clock clock = HostClock.instance();
        long bootNs = clock.nowNs();
        try (BareNode a = new BareNode(1, clock); BareNode b = new BareNode(2, clock); Fabric fabric = Fabric.ofOneSwitch(clock, 4)) {
            fabric.attach(a.hca.port(1));
            fabric.attach(b.hca.port(1));
            long assembledNs = clock.nowNs();
            a.probe();
            long firstNs = clock.nowNs();
            b.probe();
            System.out.printf("machines assembled in %.1f ms, first probe %.1f ms, second %.1f ms%n", (assembledNs - bootNs) / 1e6,
                    (firstNs - assembledNs) / 1e6, (clock.nowNs() - firstNs) / 1e6);
            boolean isInline = args.length > 3 && !args[3].equals("gather");
            a.device.useBlueFlame(isInline && args[3].equals("blueflame"));
            b.device.useBlueFlame(isInline && args[3].equals("blueflame"));
            End here = new End(a, payloadBytes);
            End there = new End(b, payloadBytes);
            here.request.inline = isInline;
            there.request.inline = isInline;
            here.connect(there);
            there.connect(here);
            long[] halfNs = new long[messages];
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                run(here, there, halfNs, threads, clock);
            }
            Arrays.sort(halfNs);
            System.out.printf("%s %d bytes, %d thread(s): half round trip p50 %.2f us, p90 %.2f us, p99 %.2f us%n", here.request.opcode,
                    payloadBytes, threads, at(halfNs, 0.5), at(halfNs, 0.9), at(halfNs, 0.99));
        }
    }

    private static void run(End here, End there, long[] halfNs, int threads, Clock clock) throws InterruptedException {
        if (threads == 1) {
            for (int i = 0; i < halfNs.length; i++) {
                long startNs = clock.nowNs();
                here.send();
                there.awaitReceived();
                there.send();
                here.awaitReceived();
                halfNs[i] = (clock.nowNs() - startNs) / 2;
                here.awaitSent();
                there.awaitSent();
            }
            return;
        }
        Thread echo = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < halfNs.length; i++) {
                there.awaitReceived();
                there.send();
                there.awaitSent();
            }
        });
        for (int i = 0; i < halfNs.length; i++) {
            long startNs = clock.nowNs();
            here.send();
            here.awaitReceived();
            halfNs[i] = (clock.nowNs() - startNs) / 2;
            here.awaitSent();
        }
        echo.join();
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
    }
}
