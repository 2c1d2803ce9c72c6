package org.legoos.isa.time;

/**
 * The only source of time in the system (ArchUnit forbids System.nanoTime outside this package).
 *
 * <p>Two kinds exist: {@link HostClock} follows the host; a virtual clock, advanced by whoever owns
 * it, makes state machines and whole clusters deterministic in tests.
 */
public interface Clock {

    /** Monotonic time in nanoseconds since an arbitrary origin that is the same for the whole JVM. */
    long nowNs();

    /** Nanoseconds since the Unix epoch (CLOCK_REALTIME). */
    long wallTimeNs();

    /**
     * Makes a disarmed timer.
     *
     * @param action run once per expiry on the clock's own thread (or inside the owner's advance of a
     *     virtual clock). It must be short and must never block; usually it signals an agent.
     */
    Timer newTimer(Runnable action);

    /** A one-shot timer that may be re-armed for ever; creating it allocates, arming it does not need to. */
    interface Timer {
        /** Arms (or re-arms) the timer for {@code deadlineNs} on this clock; past deadlines fire at once. */
        void arm(long deadlineNs);

        /** Disarms. An expiry that is already running is not waited for. */
        void cancel();
    }
}
