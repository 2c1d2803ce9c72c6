package org.legoos.managers.processor.syscall;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Socket;

/** getsockopt(2), setsockopt(2). */
final class SocketOptionCalls {
    private SocketOptionCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("setsockopt", (t, a, b, c, d, e, f) -> set(t, SocketIo.socket(t, a), (int) b, (int) c, d, (int) e));
        table.full("getsockopt", (t, a, b, c, d, e, f) -> get(t, SocketIo.socket(t, a), (int) b, (int) c, d, e));
    }

    private static long set(UserThread t, Socket socket, int level, int name, long va, int lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > UserAccess.PATH_MAX) {
            return -Errno.EINVAL;
        }
        byte[] value = new byte[Math.max(lengthBytes, Integer.BYTES)];
        t.user().read(va, value, lengthBytes);
        if (level == SOL_SOCKET) {
            int error = socket.options().set(t, name, value, lengthBytes);
            if (error == 0) {
                socket.buffersChanged();
            }
            if (error != -Errno.ENOPROTOOPT) {
                return error;
            }
        }
        return socket.setOption(t, level, name, value, lengthBytes);
    }

    private static long get(UserThread t, Socket socket, int level, int name, long va, long lengthVa) {
        int room = t.user().getInt(lengthVa);
        if (room < 0) {
            return -Errno.EINVAL;
        }
        byte[] value = level == SOL_SOCKET ? socket.options().get(name, socket) : null;
        if (value == null) {
            value = socket.option(t, level, name);
        }
        if (value == null) {
            return -Errno.ENOPROTOOPT;
        }
        int length = Math.min(room, value.length);
        t.user().write(va, value, length);
        t.user().putInt(lengthVa, length);
        return 0;
    }
}
