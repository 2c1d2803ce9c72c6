package org.legoos.managers.processor.socket;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.inet.InetFamily;
import org.legoos.managers.processor.inet.InetStack;
import org.legoos.managers.processor.netlink.NetlinkFamily;
import org.legoos.managers.processor.socket.unix.UnixFamily;

/** The address families of one processor node, by number (Linux's net_families). */
public final class SocketFamilies {
    private final AddressFamily[] families = new AddressFamily[SocketNumbers.AF_MAX];
    private final UnixFamily unix;
    private final InetStack inet;

    public SocketFamilies(ProcessorManager manager) {
        unix = new UnixFamily(manager);
        families[SocketNumbers.AF_UNIX] = unix;
        inet = new InetStack(manager.clock(), 0);
        families[SocketNumbers.AF_INET] = new InetFamily(inet, SocketNumbers.AF_INET);
        families[SocketNumbers.AF_INET6] = new InetFamily(inet, SocketNumbers.AF_INET6);
        families[SocketNumbers.AF_NETLINK] = new NetlinkFamily(inet);
        families[SocketNumbers.AF_PACKET] = (t, type, protocol, flags) -> {
            throw SysError.of(Errno.EPERM); // there are no frames below IP that one could see
        };
    }

    /** The family of a number that a program gave, or EAFNOSUPPORT. */
    public AddressFamily find(int family) {
        AddressFamily found = family >= 0 && family < families.length ? families[family] : null;
        if (found == null) {
            throw SysError.of(Errno.EAFNOSUPPORT);
        }
        return found;
    }

    /** The node's IP network. */
    public InetStack inet() {
        return inet;
    }

    /** AF_UNIX, for /proc/net/unix and the like. */
    public UnixFamily unix() {
        return unix;
    }
}
