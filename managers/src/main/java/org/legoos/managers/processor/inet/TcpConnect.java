package org.legoos.managers.processor.inet;

/** A connection being made, seen from the listener that it wants to. Called with the listener's queue locked: no waiting. */
interface TcpConnect {
    /** Makes the connection. @return the listener's new socket, or null when the other side has given up */
    TcpSocket establish();

    /** Nobody listens any more. */
    void refuse();
}
