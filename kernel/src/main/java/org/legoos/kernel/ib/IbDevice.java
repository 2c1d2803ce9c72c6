package org.legoos.kernel.ib;

import org.legoos.mlx4.prm.mad.Gid;

/** An HCA, as its driver offers it. Calls that create objects throw {@link IbException} with an errno. */
public interface IbDevice {
    String name();

    long nodeGuid();

    /** What diagnostic tools show for the node: usually its name and the card's. */
    void setNodeDescription(String text);

    /** Its machine is about to lose power: from now on nothing of the driver's looks at the card by itself. */
    void powerGoes();

    /** @param port from 1 */
    PortState queryPort(int port);

    /** The port's own identifier: subnet prefix and port GUID. */
    Gid queryGid(int port);

    /** A partition key of the port, bit 15 set for full membership. @param index from 0, below {@link PortState#pkeyCount} */
    int queryPkey(int port, int index);

    /**
     * Hands a management datagram to the card's own agents (Linux: process_mad).
     *
     * @param mad 256 bytes; becomes the answer
     * @return false when they have no answer to it
     */
    boolean processMad(int port, byte[] mad);

    /** Has {@code onChange} run on the interrupting thread whenever the port's state or addresses may have changed: short, never blocking. */
    void onPortChange(int port, Runnable onChange);

    ProtectionDomain allocPd();

    /**
     * @param entries at least this many; a completion beyond them is an overrun (CQ error)
     * @param onEvent run on the interrupting thread for each notification asked for: short, never blocking
     */
    CompletionQueue createCq(int entries, Runnable onEvent);

    /**
     * QP numbers are given in ascending order from the first free one, so that a caller who needs
     * a certain number can skip to it (as FIT does).
     */
    QueuePair createQp(ProtectionDomain pd, QpType type, QpCapabilities wanted, CompletionQueue sendCq, CompletionQueue receiveCq);

    /** As the other, but receives come from {@code receives}. */
    QueuePair createQp(ProtectionDomain pd, QpType type, QpCapabilities wanted, CompletionQueue sendCq,
            CompletionQueue receiveCq, SharedReceiveQueue receives);

    /**
     * @param receives at least so many may be posted
     * @param onLimit run on the interrupting thread for each limit armed: short, never blocking
     */
    SharedReceiveQueue createSrq(ProtectionDomain pd, int receives, Runnable onLimit);

    /** @param lid local identifier, 0 until a subnet manager has set it; @param active link is up and configured */
    record PortState(int lid, int smLid, boolean active, int maxMtuBytes, int activeMtuBytes, int pkeyCount, int gidCount) {}
}
