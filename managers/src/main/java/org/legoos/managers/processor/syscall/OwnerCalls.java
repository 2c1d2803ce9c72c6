package org.legoos.managers.processor.syscall;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.AsyncOwner;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Socket;

/** fcntl(2)'s commands about who gets SIGIO. */
final class OwnerCalls {
    static final int F_SETOWN = 8;
    static final int F_GETOWN = 9;
    static final int F_SETSIG = 10;
    static final int F_GETSIG = 11;
    static final int F_SETOWN_EX = 15;
    static final int F_GETOWN_EX = 16;

    /** struct f_owner_ex: type, pid. */
    private static final int OWNER_BYTES = 8;

    private static final int FIOSETOWN = 0x8901;
    private static final int FIOGETOWN = 0x8903;
    private static final int SIOCGPGRP = 0x8904;

    private OwnerCalls() {}

    private static AsyncOwner owner(UserThread t, OpenFile file, int fd) {
        AsyncOwner owner = file.asyncOwner();
        return owner != null ? owner : file.setAsyncOwner(new AsyncOwner(t.process().manager(), file, fd));
    }

    /** FIOSETOWN, SIOCSPGRP, FIOGETOWN and SIOCGPGRP of sockets. */
    static boolean isOwnerIoctl(OpenFile file, int request) {
        return request >= FIOSETOWN && request <= SIOCGPGRP && file instanceof Socket;
    }

    static long ioctl(UserThread t, OpenFile file, int fd, int request, long arg) {
        if (request < FIOGETOWN) {
            return fcntl(t, file, fd, F_SETOWN, t.user().getInt(arg));
        }
        t.user().putInt(arg, (int) fcntl(t, file, fd, F_GETOWN, 0));
        return 0;
    }

    static long fcntl(UserThread t, OpenFile file, int fd, int command, long arg) {
        AsyncOwner owner = owner(t, file, fd);
        switch (command) {
            case F_SETOWN -> {
                int id = (int) arg;
                if (id == Integer.MIN_VALUE) {
                    return -Errno.EINVAL;
                }
                return set(t, owner, id < 0 ? AsyncOwner.F_OWNER_PGRP : AsyncOwner.F_OWNER_PID, Math.abs(id));
            }
            case F_GETOWN -> {
                return owner.type() == AsyncOwner.F_OWNER_PGRP ? -owner.id() : owner.id();
            }
            case F_SETOWN_EX -> {
                byte[] from = t.user().struct(arg, OWNER_BYTES);
                int type = Le.getInt(from, 0);
                int id = Le.getInt(from, Integer.BYTES);
                return type < AsyncOwner.F_OWNER_TID || type > AsyncOwner.F_OWNER_PGRP ? -Errno.EINVAL : set(t, owner, type, id);
            }
            case F_GETOWN_EX -> {
                byte[] to = t.user().zeroed(OWNER_BYTES);
                Le.putInt(to, 0, owner.type());
                Le.putInt(to, Integer.BYTES, owner.id());
                t.user().putStruct(arg, OWNER_BYTES);
            }
            case F_SETSIG -> {
                if (arg != 0 && !Signals.isValid((int) arg)) {
                    return -Errno.EINVAL;
                }
                owner.setSignal((int) arg);
            }
            default -> {
                return owner.signal();
            }
        }
        return 0;
    }

    private static long set(UserThread t, AsyncOwner owner, int type, int id) {
        boolean isThere = id == 0 || switch (type) {
            case AsyncOwner.F_OWNER_TID -> t.process().manager().findThread(id) != null;
            case AsyncOwner.F_OWNER_PID -> t.process().manager().find(id) != null;
            default -> t.process().manager().processes().values().stream().anyMatch(process -> process.groupId() == id);
        };
        if (!isThere) {
            return -Errno.ESRCH;
        }
        owner.setOwner(type, id);
        return 0;
    }

    /** Sets the flags that programs may change; O_ASYNC also begins or ends the signals. */
    static void setFlags(UserThread t, OpenFile file, int fd, int newFlags) {
        boolean wasAsync = (file.flags() & OpenFlags.O_ASYNC) != 0;
        boolean isAsync = (newFlags & OpenFlags.O_ASYNC) != 0;
        file.setFlags(newFlags);
        if (wasAsync != isAsync) {
            owner(t, file, fd).listen(isAsync);
        }
    }
}
