package org.legoos.isa.unicorn;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Repeats stops that may have been lost (see {@link StopControl}), so that nobody who calls interrupt() has to wait.
 * One daemon thread for all Cpus; it sleeps while no stop is outstanding.
 */
final class StopRepeater {
    private static final long PERIOD_NS = 50_000;

    private static final Set<StopControl> WATCHED = ConcurrentHashMap.newKeySet();
    private static final Thread THREAD = Thread.ofPlatform().daemon().name("cpu-stop-repeater").start(StopRepeater::work);

    private StopRepeater() {}

    static void watch(StopControl control) {
        if (WATCHED.add(control)) {
            LockSupport.unpark(THREAD);
        }
    }

    private static void work() {
        while (true) {
            if (WATCHED.isEmpty()) {
                LockSupport.park();
            } else {
                LockSupport.parkNanos(PERIOD_NS);
            }
            for (StopControl control : WATCHED) {
                if (control.mustStop()) {
                    control.requestStop();
                    continue;
                }
                WATCHED.remove(control);
                // A stop asked for between the check and the removal was not added anew.
                if (control.mustStop()) {
                    WATCHED.add(control);
                }
            }
        }
    }
}
