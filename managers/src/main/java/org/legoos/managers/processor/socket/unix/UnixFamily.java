package org.legoos.managers.processor.socket.unix;

import static org.legoos.managers.processor.socket.SocketNumbers.AF_UNIX;
import static org.legoos.managers.processor.socket.SocketNumbers.SOCK_DGRAM;
import static org.legoos.managers.processor.socket.SocketNumbers.SOCK_RAW;
import static org.legoos.managers.processor.socket.SocketNumbers.SOCK_SEQPACKET;
import static org.legoos.managers.processor.socket.SocketNumbers.SOCK_STREAM;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.AddressFamily;
import org.legoos.managers.processor.socket.Socket;

/** AF_UNIX of one node. */
public final class UnixFamily implements AddressFamily {
    private final UnixNames names = new UnixNames();

    public UnixFamily(ProcessorManager manager) {}

    public UnixNames names() {
        return names;
    }

    @Override
    public Socket create(UserThread t, int type, int protocol, int flags) {
        if (protocol != 0 && protocol != AF_UNIX) {
            throw SysError.of(Errno.EPROTONOSUPPORT);
        }
        return switch (type) {
            case SOCK_STREAM, SOCK_SEQPACKET -> new UnixStream(names, type, flags);
            case SOCK_DGRAM, SOCK_RAW -> new UnixDatagram(names, flags);
            default -> throw SysError.of(Errno.ESOCKTNOSUPPORT);
        };
    }

    @Override
    public Socket[] pair(UserThread t, int type, int protocol, int flags) {
        Socket first = create(t, type, protocol, flags);
        Socket second = create(t, type, protocol, flags);
        if (first instanceof UnixStream stream) {
            stream.pairWith((UnixStream) second, t);
        } else {
            ((UnixDatagram) first).pairWith((UnixDatagram) second, t);
        }
        return new Socket[] {first, second};
    }
}
