package org.legoos.managers.processor.socket;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/** One address family of one node: makes its sockets. Thread-safe. */
public interface AddressFamily {
    /**
     * socket(2).
     *
     * @param type SOCK_STREAM, SOCK_DGRAM ..., without flags
     * @param flags O_NONBLOCK or 0, for the new open file
     * @throws SysError EPROTONOSUPPORT, ESOCKTNOSUPPORT, EACCES ...
     */
    Socket create(UserThread t, int type, int protocol, int flags);

    /** socketpair(2): two connected sockets. */
    default Socket[] pair(UserThread t, int type, int protocol, int flags) {
        throw SysError.of(Errno.EOPNOTSUPP);
    }
}
