package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.mlx4.prm.Mad;

/** What a switch does with directed-route subnet management packets (IBA 14.2.2). */
final class DirectedRoute {
    /** The packet is for this switch. */
    static final int HERE = 0;
    static final int DROP = -1;

    private DirectedRoute() {}

    /**
     * Takes one step: the port to send it out, {@link #HERE}, or {@link #DROP}; path and hop pointer are then as the next
     * one expects them.
     */
    static int step(MemorySegment m, int arrivalPort) {
        int count = Mad.HOP_COUNT.get(m, 0);
        int pointer = Mad.HOP_POINTER.get(m, 0);
        if (count == 0 || count >= Mad.HOPS_MAX) {
            return DROP;
        }
        boolean isReturning = (Mad.STATUS.get(m, 0) & Mad.STATUS_DIRECTION) != 0;
        if (isReturning) {
            if (pointer < 2 || pointer > count) {
                return DROP;
            }
            Mad.HOP_POINTER.set(m, 0, pointer - 1);
            return port(m, Mad.RETURN_PATH + pointer - 1);
        }
        if (pointer < 1 || pointer > count) {
            return DROP;
        }
        m.set(ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + pointer, (byte) arrivalPort);
        if (pointer == count) {
            return HERE; // hop pointer: one up on arrival, one down on departure
        }
        Mad.HOP_POINTER.set(m, 0, pointer + 1);
        return port(m, Mad.INITIAL_PATH + pointer + 1);
    }

    private static int port(MemorySegment m, int at) {
        int port = m.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        return port == 0 ? DROP : port;
    }

    /** Turns a request that was executed at the end of its route; the port it leaves by. */
    static int turn(MemorySegment m) {
        Mad.STATUS.set(m, 0, Mad.STATUS.get(m, 0) | Mad.STATUS_DIRECTION);
        return m.get(ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + Mad.HOP_COUNT.get(m, 0)) & 0xff;
    }
}
