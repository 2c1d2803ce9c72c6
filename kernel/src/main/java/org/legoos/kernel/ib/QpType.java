package org.legoos.kernel.ib;

/** Transport service of a queue pair. */
public enum QpType {
    RC,
    UC,
    UD,
    /** Queue pair 1 of port 1, to and from which general management datagrams go (IBA 13.5.1): there is one. */
    GSI
}
