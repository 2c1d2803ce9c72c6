package org.legoos.emulator.fuzz;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Somebody who looks on: a round that does not end, whatever the fuzzer itself waits for, is a finding. */
public final class FuzzWatch implements AutoCloseable {
    private final CountDownLatch isOver = new CountDownLatch(1);

    /**
     * @param limitS how long a round may last
     * @param onHang gets the report, on a thread of its own
     */
    public FuzzWatch(FuzzRun run, long limitS, Consumer<String> onHang) {
        Thread.ofPlatform().daemon().name("fuzz-watch").start(() -> {
            long seen = -1;
            try {
                while (seen != run.rounds()) {
                    seen = run.rounds();
                    if (isOver.await(limitS, TimeUnit.SECONDS)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
            onHang.accept("round " + seen + " has not ended for " + limitS + " s:" + Stacks.ofNodes());
        });
    }

    @Override
    public void close() {
        isOver.countDown();
    }
}
