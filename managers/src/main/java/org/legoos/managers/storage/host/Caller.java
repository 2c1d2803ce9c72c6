package org.legoos.managers.storage.host;

/**
 * In whose name a request is done.
 *
 * @param uid fsuid of the program: 0 may everything
 */
public record Caller(int uid, int gid) {
    public boolean isRoot() {
        return uid == 0;
    }
}
