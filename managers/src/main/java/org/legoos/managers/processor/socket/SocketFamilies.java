package org.legoos.managers.processor.socket;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.socket.unix.UnixFamily;

/** The address families of one processor node, by number (Linux's net_families). */
public final class SocketFamilies {
    private final AddressFamily[] families = new AddressFamily[SocketNumbers.AF_MAX];
    private final UnixFamily unix;

    public SocketFamilies(ProcessorManager manager) {
        unix = new UnixFamily(manager);
        families[SocketNumbers.AF_UNIX] = unix;
    }

    /** The family of a number that a program gave, or EAFNOSUPPORT. */
    public AddressFamily find(int family) {
        AddressFamily found = family >= 0 && family < families.length ? families[family] : null;
        if (found == null) {
            throw SysError.of(Errno.EAFNOSUPPORT);
        }
        return found;
    }

    /** AF_UNIX, for /proc/net/unix and the like. */
    public UnixFamily unix() {
        return unix;
    }
}
