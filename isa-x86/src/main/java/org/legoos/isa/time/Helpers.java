package org.legoos.isa.time;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Work of this process that a thread can do while it spins for something: to look at a wire that no interrupt announces.
 * A processor that waits in a loop says so with PAUSE, and a hypervisor uses the time (pause-loop exiting); this is the
 * same between the kernel's spin loops and the emulated machine. With fewer host processors than threads the spinner would
 * otherwise keep from running just the thread that brings what it waits for.
 *
 * <p>A spinner calls {@link #begin()}, then {@link #help} now and then, and {@link #end} in any case. Nothing here
 * allocates or waits; without helpers it costs a load.
 */
public final class Helpers {
    /** Something that spinners look after. All calls may come from any thread and at the same time. */
    public interface Helper {
        /** A thread begins to look after it; until {@link #left()} nobody need be woken for it. */
        void entered();

        /** Does what there is to do. */
        void help();

        /** That thread looks no longer. */
        void left();
    }

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static volatile Helper[] all = {};

    private Helpers() {}

    public static void add(Helper helper) {
        LOCK.lock();
        try {
            Helper[] more = java.util.Arrays.copyOf(all, all.length + 1);
            more[all.length] = helper;
            all = more;
        } finally {
            LOCK.unlock();
        }
    }

    public static void remove(Helper helper) {
        LOCK.lock();
        try {
            all = java.util.Arrays.stream(all).filter(each -> each != helper).toArray(Helper[]::new);
        } finally {
            LOCK.unlock();
        }
    }

    /** The calling thread begins to spin. @return what it passes to {@link #help} and {@link #end} */
    public static Helper[] begin() {
        Helper[] here = all;
        for (Helper each : here) {
            each.entered();
        }
        return here;
    }

    /** The calling thread still spins. */
    public static void help(Helper[] here) {
        for (Helper each : here) {
            each.help();
        }
    }

    /** The calling thread has what it waited for, or goes to sleep. */
    public static void end(Helper[] here) {
        for (Helper each : here) {
            each.left();
        }
    }
}
