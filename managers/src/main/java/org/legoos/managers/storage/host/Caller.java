package org.legoos.managers.storage.host;

/**
 * In whose name a request is done.
 *
 * @param node the node that sent it; hidden names are each node's own
 * @param uid fsuid of the program: 0 may everything
 */
public record Caller(int node, int uid, int gid) {
    public boolean isRoot() {
        return uid == 0;
    }
}
