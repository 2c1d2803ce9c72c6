package org.legoos.isa.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TimeTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void virtualTimersFireInOrderOfDeadlineThenOfArming() {
        VirtualClock clock = new VirtualClock();
        Clock.Timer b = clock.newTimer(() -> log.add("b" + clock.nowNs()));
        Clock.Timer a = clock.newTimer(() -> log.add("a" + clock.nowNs()));
        Clock.Timer c = clock.newTimer(() -> log.add("c" + clock.nowNs()));
        Clock.Timer never = clock.newTimer(() -> log.add("never"));
        b.arm(20);
        never.arm(20);
        c.arm(20);
        a.arm(10);
        never.cancel();
        clock.advanceTo(19);
        assertThat(log).containsExactly("a10");
        clock.advanceTo(20);
        assertThat(log).containsExactly("a10", "b20", "c20");
        assertThat(clock.advanceToNextTimer()).isFalse();
    }

    @Test
    void aVirtualTimerMayArmItselfAgainAndRearmingMovesIt() {
        VirtualClock clock = new VirtualClock();
        Clock.Timer[] timer = new Clock.Timer[1];
        timer[0] = clock.newTimer(() -> {
            log.add("tick" + clock.nowNs());
            timer[0].arm(clock.nowNs() + 10);
        });
        timer[0].arm(5);
        timer[0].arm(10);
        clock.advanceTo(35);
        assertThat(log).containsExactly("tick10", "tick20", "tick30");
        assertThat(clock.nowNs()).isEqualTo(35);
    }

    @Test
    void hostTimersFireUnlessCanceled() throws InterruptedException {
        Clock clock = HostClock.instance();
        CountDownLatch past = new CountDownLatch(1);
        clock.newTimer(past::countDown).arm(clock.nowNs() - 1);
        assertThat(past.await(60, TimeUnit.SECONDS)).isTrue();
        AtomicInteger late = new AtomicInteger();
        Clock.Timer canceled = clock.newTimer(late::incrementAndGet);
        long atNs;
        do { // until it was canceled in time: on a busy host a thread may lose the processor between the two
            late.set(0);
            atNs = clock.nowNs() + 20_000_000;
            canceled.arm(atNs);
            canceled.cancel();
        } while (clock.nowNs() >= atNs);
        CountDownLatch after = new CountDownLatch(1);
        clock.newTimer(after::countDown).arm(atNs + 1_000_000);
        assertThat(after.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(late).hasValue(0);
    }

    @Test
    void agentsRunOneAfterTheOtherAndNeverNested() {
        SerialAgent[] agents = new SerialAgent[2];
        int[] left = {3};
        agents[0] = new SerialAgent() {
            @Override
            protected void doWork() {
                log.add("first(");
                agents[1].signal();
                log.add(")");
            }
        };
        agents[1] = new SerialAgent() {
            @Override
            protected void doWork() {
                log.add("second");
                if (--left[0] > 0) {
                    agents[0].signal();
                    signal();
                }
            }
        };
        agents[0].signal();
        // Not "first( second )": and the second agent's signals of itself are not lost, in whatever order they come.
        String order = String.join(" ", log);
        assertThat(order).startsWith("first( ) second").doesNotContain("( second");
        assertThat(left[0]).isLessThanOrEqualTo(0);
    }

    @Test
    void noSignalIsLostBetweenThreads() throws InterruptedException {
        AtomicInteger work = new AtomicInteger();
        int[] done = new int[1]; // plain: the agent itself is the lock
        SerialAgent agent = new SerialAgent() {
            @Override
            protected void doWork() {
                done[0] += work.getAndSet(0);
            }
        };
        int perThread = 50_000;
        Thread[] threads = new Thread[3];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < perThread; i++) {
                    work.incrementAndGet();
                    agent.signal();
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(work).hasValue(0);
        assertThat(done[0]).isEqualTo(perThread * threads.length);
    }
}
