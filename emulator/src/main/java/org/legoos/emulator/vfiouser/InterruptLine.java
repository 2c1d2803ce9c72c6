package org.legoos.emulator.vfiouser;

import org.legoos.isa.irq.LineSink;
import org.legoos.isa.libc.Descriptor;

/**
 * The interrupt pin as the client sees it: an event each time that the level is high and the client has taken the last
 * one back ("automasked": an event masks the line until the client unmasks it).
 */
final class InterruptLine implements LineSink {
    private int event = Descriptor.NONE; // guarded by this
    private boolean isAsserted; // guarded by this
    private boolean isMasked; // guarded by this

    @Override
    public synchronized void set(boolean isNowAsserted) {
        isAsserted = isNowAsserted;
        signalIfDue();
    }

    private void signalIfDue() {
        if (isAsserted && !isMasked && event != Descriptor.NONE) {
            isMasked = true;
            Descriptor.signalEvent(event);
        }
    }

    /** Gives the line its event, which is then ours, or takes it away (NONE). */
    synchronized void connect(int newEvent) {
        if (newEvent != Descriptor.NONE) {
            Descriptor.setNonBlocking(newEvent);
        }
        Descriptor.close(event);
        event = newEvent;
        isMasked = false;
        signalIfDue();
    }

    synchronized void mask() {
        isMasked = true;
    }

    /** The client is done with the last event; there is another when the level is still high. */
    synchronized void unmask() {
        isMasked = false;
        signalIfDue();
    }

    /** A client tries whether its event works. */
    synchronized void trigger() {
        if (event != Descriptor.NONE) {
            Descriptor.signalEvent(event);
        }
    }
}
