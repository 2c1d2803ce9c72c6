package org.legoos.managers.processor.socket.unix;

import org.legoos.managers.processor.core.Capability;
import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.socket.Message;

/** Control messages that a program sends on AF_UNIX: SCM_RIGHTS and SCM_CREDENTIALS (__scm_send of Linux). */
final class ControlParser {
    /** SCM_MAX_FD: more files in one message are EINVAL. */
    private static final int FILES_MAX = 253;

    private ControlParser() {}

    static Ancillary parse(UserThread t, UnixSocket socket, Message m) {
        int pid = t.process().pid();
        int uid = t.process().credentials().uid;
        int gid = t.process().credentials().gid;
        OpenFile[] files = null;
        int at = 0;
        while (at + Message.CMSG_HEADER_BYTES <= m.controlLength) {
            long length = Le.getLong(m.control, at);
            if (length < Message.CMSG_HEADER_BYTES || length > m.controlLength - at) {
                throw refused(files, Errno.EINVAL);
            }
            int data = at + Message.CMSG_HEADER_BYTES;
            int dataBytes = (int) length - Message.CMSG_HEADER_BYTES;
            if (Le.getInt(m.control, at + 8) == SOL_SOCKET) {
                switch (Le.getInt(m.control, at + 12)) {
                    case SCM_RIGHTS -> files = append(t, files, m.control, data, dataBytes / Integer.BYTES);
                    case SCM_CREDENTIALS -> {
                        if (dataBytes != Ancillary.UCRED_BYTES) {
                            throw refused(files, Errno.EINVAL);
                        }
                        pid = Le.getInt(m.control, data);
                        uid = Le.getInt(m.control, data + 4);
                        gid = Le.getInt(m.control, data + 8);
                        if (!mayClaim(t, pid, uid, gid)) {
                            throw refused(files, Errno.EPERM);
                        }
                    }
                    default -> throw refused(files, Errno.EINVAL);
                }
            }
            at += (int) (length + 7 & -8);
        }
        if (files == null) {
            return socket.sender(pid, uid, gid);
        }
        if (!InFlight.sent(t, files)) {
            throw refused(files, Errno.ETOOMANYREFS);
        }
        return new Ancillary(pid, uid, gid, socket.boundAddress(), files);
    }

    private static SysError refused(OpenFile[] files, int errno) {
        if (files != null) {
            for (OpenFile file : files) {
                file.release();
            }
        }
        return SysError.of(errno);
    }

    private static OpenFile[] append(UserThread t, OpenFile[] files, byte[] control, int at, int count) {
        int before = files == null ? 0 : files.length;
        if (count == 0) {
            return files;
        }
        if (before + count > FILES_MAX) {
            throw refused(files, Errno.EINVAL);
        }
        OpenFile[] all = files == null ? new OpenFile[count] : java.util.Arrays.copyOf(files, before + count);
        for (int i = 0; i < count; i++) {
            OpenFile file = t.files().find(Le.getInt(control, at + i * Integer.BYTES));
            if (file == null || !file.tryRetain()) {
                throw refused(java.util.Arrays.copyOf(all, before + i), Errno.EBADF);
            }
            all[before + i] = file;
        }
        return all;
    }

    /** Whether the thread may say that it is this (scm_check_creds of Linux). */
    private static boolean mayClaim(UserThread t, int pid, int uid, int gid) {
        Credentials own = t.process().credentials();
        return own.has(Capability.CAP_SYS_ADMIN) || pid == t.process().pid() && (uid == own.uid || uid == own.euid || uid == own.suid)
                && (gid == own.gid || gid == own.egid || gid == own.sgid);
    }
}
