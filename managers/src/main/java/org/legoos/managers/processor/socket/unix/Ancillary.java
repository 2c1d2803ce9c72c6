package org.legoos.managers.processor.socket.unix;

import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** What goes with a record: who sent it, from where, and the open files in it. Immutable. */
final class Ancillary {
    /** struct ucred: pid, uid, gid. */
    static final int UCRED_BYTES = 12;

    final int pid;
    final int uid;
    final int gid;
    /** The sender's address, null when it has none. */
    final byte[] from;
    /** SCM_RIGHTS: each with one reference; null for none. */
    final OpenFile[] files;

    Ancillary(int pid, int uid, int gid, byte[] from, OpenFile[] files) {
        this.pid = pid;
        this.uid = uid;
        this.gid = gid;
        this.from = from;
        this.files = files;
    }

    boolean isSameSender(Ancillary other) {
        return pid == other.pid && uid == other.uid && gid == other.gid;
    }

    Ancillary withoutFiles() {
        return new Ancillary(pid, uid, gid, from, null);
    }

    static byte[] ucred(int pid, int uid, int gid) {
        byte[] value = new byte[UCRED_BYTES];
        Le.putInt(value, 0, pid);
        Le.putInt(value, 4, uid);
        Le.putInt(value, 8, gid);
        return value;
    }

    /** SCM_CREDENTIALS. */
    void putCredentials(Message m) {
        if (m.controlRoom > 0) {
            m.putControl(SocketNumbers.SOL_SOCKET, SocketNumbers.SCM_CREDENTIALS, ucred(pid, uid, gid), UCRED_BYTES);
        } else {
            m.flagsOut |= SocketNumbers.MSG_CTRUNC;
        }
    }
}
