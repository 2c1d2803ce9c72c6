package org.legoos.managers.rpc;

/** The FIT ports that managers listen on; the same on every node. */
public final class RpcPort {
    /** P2M_* messages. */
    public static final int MEMORY = 1;
    /** P2S_* messages: a storage node, or the memory node in ramfs mode. */
    public static final int STORAGE = 2;

    private RpcPort() {}
}
