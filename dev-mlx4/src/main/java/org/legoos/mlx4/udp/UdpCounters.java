package org.legoos.mlx4.udp;

/** What happened to datagrams of one card's wire. Each is written by one thread and may be read, a little late, by any. */
public final class UdpCounters {
    public volatile long sent;
    public volatile long received;
    /** Packets that no UDP peer can get: multicast, management lane, an unknown LID. */
    public volatile long unroutable;
    /** The host did not take a datagram. */
    public volatile long sendErrors;
    /** From an address that is no peer. */
    public volatile long strangers;
    public volatile long badIcrc;
    public volatile long malformed;
    /** Arrived faster than the card took them. */
    public volatile long overruns;

    /** Of those sent, how many went through memory shared with a peer on this host. */
    public volatile long shared;
    /** Datagrams that told a peer to look at its memory. */
    public volatile long wakes;
    /** Dropped because a peer on this host does not read what is in its memory. */
    public volatile long ringFull;

    @Override
    public String toString() {
        return "sent " + sent + " (by shared memory " + shared + ", wakes " + wakes + ", full " + ringFull + "), received " + received
                + ", unroutable " + unroutable + ", send errors " + sendErrors
                + ", strangers " + strangers + ", bad ICRC " + badIcrc + ", malformed " + malformed + ", overruns " + overruns;
    }
}
