package org.legoos.managers.processor.syscall;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.MsghdrLayout;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;

/** send(2), recv(2) in all their forms. */
final class MessageCalls {
    /** struct mmsghdr: a struct msghdr and the length of what was sent or received. */
    private static final int MMSG_LEN = MsghdrLayout.SIZE;
    private static final int MMSG_SIZE = MsghdrLayout.SIZE + Long.BYTES;
    private static final int MESSAGES_MAX = 1024;

    private MessageCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("sendto", (t, a, b, c, d, e, f) -> sendto(t, SocketIo.socket(t, a), b, c, (int) d, e, (int) f));
        table.full("recvfrom", (t, a, b, c, d, e, f) -> recvfrom(t, SocketIo.socket(t, a), b, c, (int) d, e, f));
        table.full("sendmsg", (t, a, b, c, d, e, f) -> sendmsg(t, SocketIo.socket(t, a), b, (int) c));
        table.full("recvmsg", (t, a, b, c, d, e, f) -> recvmsg(t, SocketIo.socket(t, a), b, (int) c));
        table.full("sendmmsg", (t, a, b, c, d, e, f) -> sendmmsg(t, SocketIo.socket(t, a), b, c, (int) d));
        table.full("recvmmsg", (t, a, b, c, d, e, f) -> recvmmsg(t, SocketIo.socket(t, a), b, c, (int) d, e));
    }

    private static long sendto(UserThread t, Socket socket, long va, long length, int flags, long nameVa, int nameLength) {
        byte[] name = SocketAddresses.readOptional(t, nameVa, nameLength);
        t.vector().single(va, length);
        return SocketIo.send(t, socket, name, 0, flags);
    }

    private static long recvfrom(UserThread t, Socket socket, long va, long length, int flags, long nameVa, long nameLengthVa) {
        t.vector().single(va, length);
        long done = SocketIo.receive(t, socket, 0, flags);
        Message m = t.message();
        m.dropFiles();
        if (done >= 0 && nameVa != 0) {
            SocketAddresses.write(t, m.name, nameVa, nameLengthVa);
        }
        return done;
    }

    private static long sendmsg(UserThread t, Socket socket, long va, int flags) {
        byte[] header = t.user().struct(va, MsghdrLayout.SIZE);
        long nameVa = Le.getLong(header, MsghdrLayout.NAME);
        int nameLength = Le.getInt(header, MsghdrLayout.NAMELEN);
        long vectorVa = Le.getLong(header, MsghdrLayout.IOV);
        long vectorCount = Le.getLong(header, MsghdrLayout.IOVLEN);
        long controlVa = Le.getLong(header, MsghdrLayout.CONTROL);
        long controlLength = Le.getLong(header, MsghdrLayout.CONTROLLEN);
        requireFewBuffers(vectorCount);
        if (nameLength < 0) {
            return -Errno.EINVAL;
        }
        byte[] name = SocketAddresses.readOptional(t, nameVa, Math.min(nameLength, ADDRESS_BYTES_MAX));
        t.vector().load(t, vectorVa, vectorCount);
        if (controlVa == 0) {
            controlLength = 0;
        }
        if (controlLength < 0 || controlLength > Message.CONTROL_BYTES_MAX) {
            return -Errno.ENOBUFS;
        }
        if (controlLength > 0) {
            t.user().read(controlVa, t.message().reserveControl((int) controlLength), (int) controlLength);
        }
        return SocketIo.send(t, socket, name, (int) controlLength, flags);
    }

    private static void requireFewBuffers(long count) {
        if (count < 0 || count > org.legoos.managers.processor.core.IoVector.COUNT_MAX) {
            throw SysError.of(Errno.EMSGSIZE);
        }
    }

    private static long recvmsg(UserThread t, Socket socket, long va, int flags) {
        byte[] header = t.user().struct(va, MsghdrLayout.SIZE);
        long nameVa = Le.getLong(header, MsghdrLayout.NAME);
        int nameRoom = Le.getInt(header, MsghdrLayout.NAMELEN);
        long vectorVa = Le.getLong(header, MsghdrLayout.IOV);
        long vectorCount = Le.getLong(header, MsghdrLayout.IOVLEN);
        long controlVa = Le.getLong(header, MsghdrLayout.CONTROL);
        long controlRoom = Le.getLong(header, MsghdrLayout.CONTROLLEN);
        requireFewBuffers(vectorCount);
        if (nameVa != 0 && nameRoom < 0) {
            return -Errno.EINVAL;
        }
        t.vector().load(t, vectorVa, vectorCount);
        int room = controlVa == 0 ? 0 : (int) Math.min(Math.max(0, controlRoom), Message.CONTROL_BYTES_MAX);
        long done = SocketIo.receive(t, socket, room, flags & ~MSG_CMSG_CLOEXEC);
        Message m = t.message();
        if (done < 0) {
            m.dropFiles();
            return done;
        }
        putFiles(t, m, room, (flags & MSG_CMSG_CLOEXEC) != 0);
        if (nameVa != 0) {
            byte[] name = m.name == null ? new byte[0] : m.name;
            t.user().write(nameVa, name, Math.min(nameRoom, name.length));
            t.user().putInt(va + MsghdrLayout.NAMELEN, name.length);
        }
        if (m.controlLength > 0) {
            t.user().write(controlVa, m.control, m.controlLength);
        }
        t.user().putLong(va + MsghdrLayout.CONTROLLEN, m.controlLength);
        t.user().putInt(va + MsghdrLayout.FLAGS, m.flagsOut | flags & MSG_CMSG_CLOEXEC);
        return done;
    }

    /** SCM_RIGHTS: the files that came along get descriptors, as far as there is room (scm_detach_fds of Linux). */
    private static void putFiles(UserThread t, Message m, int room, boolean isCloexec) {
        OpenFile[] files = m.files;
        m.files = null;
        if (files == null) {
            return;
        }
        m.controlRoom = room;
        int fits = Math.max(0, Math.min(files.length, (room - m.controlLength - Message.CMSG_HEADER_BYTES) / Integer.BYTES));
        byte[] numbers = new byte[fits * Integer.BYTES];
        int given = 0;
        for (int i = 0; i < files.length; i++) {
            if (given < fits) {
                int fd = addOrDrop(t, files[i], isCloexec);
                if (fd >= 0) {
                    Le.putInt(numbers, given++ * Integer.BYTES, fd);
                    continue;
                }
                fits = given; // EMFILE: the rest is lost too
            } else {
                files[i].release();
            }
            m.flagsOut |= MSG_CTRUNC;
        }
        if (given > 0) {
            m.putControl(SOL_SOCKET, SCM_RIGHTS, numbers, given * Integer.BYTES);
        }
    }

    private static int addOrDrop(UserThread t, OpenFile file, boolean isCloexec) {
        try {
            return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), isCloexec);
        } catch (SysError e) {
            return -1;
        }
    }

    private static int messages(long count) {
        return Integer.compareUnsigned((int) count, MESSAGES_MAX) > 0 ? MESSAGES_MAX : (int) count;
    }

    private static long sendmmsg(UserThread t, Socket socket, long va, long countArg, int flags) {
        int count = messages(countArg);
        int sent = 0;
        try {
            while (sent < count) {
                long done = sendmsg(t, socket, va + (long) sent * MMSG_SIZE, flags);
                if (done < 0) {
                    return sent > 0 ? sent : done;
                }
                t.user().putInt(va + (long) sent * MMSG_SIZE + MMSG_LEN, (int) done);
                sent++;
            }
        } catch (SysError e) {
            return sent > 0 ? sent : -e.errno();
        }
        return sent;
    }

    private static long recvmmsg(UserThread t, Socket socket, long va, long countArg, int flags, long timeoutVa) {
        int count = messages(countArg);
        long deadlineNs = PollCalls.deadline(t, timeoutVa);
        int got = 0;
        int now = flags & ~MSG_WAITFORONE;
        long result = 0;
        try {
            while (got < count) {
                result = recvmsg(t, socket, va + (long) got * MMSG_SIZE, now);
                if (result < 0) {
                    break;
                }
                t.user().putInt(va + (long) got * MMSG_SIZE + MMSG_LEN, (int) result);
                got++;
                if ((flags & MSG_WAITFORONE) != 0) {
                    now |= MSG_DONTWAIT;
                }
                if (deadlineNs != WaitQueue.FOREVER && t.nowNs() >= deadlineNs) {
                    break;
                }
            }
        } catch (SysError e) {
            result = -e.errno();
        }
        PollCalls.putTimeLeft(t, timeoutVa, deadlineNs, 1);
        return got > 0 ? got : result;
    }
}
