package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.SocketNumbers;

/** struct sockaddr between program and kernel (move_addr_to_kernel and move_addr_to_user of Linux). */
final class SocketAddresses {
    private static final byte[] NONE = new byte[0];

    private SocketAddresses() {}

    /** An address that a call needs. */
    static byte[] read(UserThread t, long va, int lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > SocketNumbers.ADDRESS_BYTES_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
        if (lengthBytes < Short.BYTES) {
            throw SysError.of(Errno.EINVAL);
        }
        byte[] address = new byte[lengthBytes];
        t.user().read(va, address, lengthBytes);
        return address;
    }

    /** A destination that may be left out. */
    static byte[] readOptional(UserThread t, long va, int lengthBytes) {
        return va == 0 || lengthBytes == 0 ? null : read(t, va, lengthBytes);
    }

    /** Gives an address back: cut to the room that {@code lengthVa} tells, which then gets the whole length. */
    static void write(UserThread t, byte[] address, long va, long lengthVa) {
        if (va == 0) {
            return;
        }
        int room = t.user().getInt(lengthVa);
        if (room < 0) {
            throw SysError.of(Errno.EINVAL);
        }
        byte[] shown = address == null ? NONE : address;
        t.user().write(va, shown, Math.min(room, shown.length));
        t.user().putInt(lengthVa, shown.length);
    }
}
