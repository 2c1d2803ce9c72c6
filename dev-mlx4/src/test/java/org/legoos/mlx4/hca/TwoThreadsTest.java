package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.WqeOpcode;

/** Two cards driven by two threads at once, in both directions: nothing gets lost between doorbell and completion. */
class TwoThreadsTest {
    private static final int MESSAGES = 5_000;
    private static final int IN_FLIGHT = 16;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void everyMessageCompletesOnBothSides() {
        HostClock clock = HostClock.instance();
        try (MiniDriver a = new MiniDriver("a", 0x10, clock);
                MiniDriver b = new MiniDriver("b", 0x20, clock)) {
            Link.connect(a.hca.port(1), b.hca.port(1), clock);
            MiniQp qpA = bringUp(a, 1, 0x50);
            MiniQp qpB = bringUp(b, 2, 0x51);
            a.setActive();
            b.setActive();
            qpA.connect(2, 0x51, 5, 9);
            qpB.connect(1, 0x50, 9, 5);
            CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> run(qpA), MiniThreads.EACH);
            CompletableFuture<Integer> right = CompletableFuture.supplyAsync(() -> run(qpB), MiniThreads.EACH);
            CompletableFuture.anyOf(left, right).orTimeout(30, TimeUnit.SECONDS).join(); // an error of either ends it
            assertThat(left.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
            assertThat(right.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        }
    }

    private static MiniQp bringUp(MiniDriver d, int lid, int qpn) {
        d.bringUp();
        d.createEq(7);
        d.activate(lid);
        return MiniQp.of(d, qpn, 0, d.createCq(0x80, 7), d.createCq(0x81, 7));
    }

    /** Sends and receives all messages; returns how many completions were errors. */
    private static int run(MiniQp qp) {
        MiniDriver d = qp.driver;
        long buffer = d.alloc(1 << 16);
        int key = d.registerAll(buffer, 1 << 16);
        for (int i = 0; i < 2 * IN_FLIGHT; i++) {
            qp.receive(key, buffer, 256);
        }
        int posted = 0;
        int sent = 0;
        int received = 0;
        int errors = 0;
        while (sent < MESSAGES || received < MESSAGES) {
            if (posted < MESSAGES && posted - sent < IN_FLIGHT) {
                qp.send(WqeOpcode.SEND, key, buffer, 200);
                posted++;
            }
            long cqe = qp.sendCq.poll();
            if (cqe >= 0) {
                sent++;
                errors += CqEntry.OPCODE.get(d.m, cqe) == CqEntry.OP_ERROR ? 1 : 0;
            }
            cqe = qp.receiveCq.poll();
            if (cqe >= 0) {
                received++;
                errors += CqEntry.OPCODE.get(d.m, cqe) == CqEntry.OP_ERROR ? 1 : 0;
                qp.receive(key, buffer, 256);
            }
            Thread.onSpinWait();
        }
        return errors;
    }
}
