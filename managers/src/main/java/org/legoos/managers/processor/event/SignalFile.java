package org.legoos.managers.processor.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.abi.SignalfdSiginfoLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFlags;

/** signalfd(2): reads take signals that are pending for whoever reads. */
public final class SignalFile extends AnonymousFile {
    private volatile long mask;

    /** @param mask signals to be read */
    public SignalFile(long mask, int flags) {
        super("[signalfd]", flags | OpenFlags.O_RDWR);
        setMask(mask);
    }

    public void setMask(long newMask) {
        mask = newMask & ~Signals.UNBLOCKABLE;
    }

    private SigInfo take(UserThread t) {
        SigInfo info = t.pending().take(mask);
        return info != null ? info : t.process().pending().take(mask);
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (lengthBytes < SignalfdSiginfoLayout.SIZE) {
            return -Errno.EINVAL;
        }
        int done = 0;
        byte[] source = new byte[SigInfo.BYTES];
        byte[] record = new byte[SignalfdSiginfoLayout.SIZE];
        while (lengthBytes - done >= record.length) {
            SigInfo info = take(t);
            if (info == null) {
                break;
            }
            info.copyTo(source, 0);
            fill(record, source);
            MemorySegment.copy(record, 0, to, ValueLayout.JAVA_BYTE, at + done, record.length);
            done += record.length;
        }
        return done > 0 ? done : -Errno.EAGAIN;
    }

    /** siginfo_t as struct signalfd_siginfo; which fields of the union count depends on the cause (signalfd_copyinfo of Linux). */
    private static void fill(byte[] to, byte[] from) {
        java.util.Arrays.fill(to, (byte) 0);
        int signal = Le.getInt(from, SigInfo.SI_SIGNO);
        int code = Le.getInt(from, SigInfo.SI_CODE);
        Le.putInt(to, SignalfdSiginfoLayout.SIGNO, signal);
        Le.putInt(to, SignalfdSiginfoLayout.ERRNO, Le.getInt(from, SigInfo.SI_ERRNO));
        Le.putInt(to, SignalfdSiginfoLayout.CODE, code);
        if (code == SigInfo.SI_TIMER) {
            Le.putInt(to, SignalfdSiginfoLayout.TID, Le.getInt(from, SigInfo.SI_TIMERID));
            Le.putInt(to, SignalfdSiginfoLayout.OVERRUN, Le.getInt(from, SigInfo.SI_OVERRUN));
        } else if (code > 0 && (Signals.bit(signal) & Signals.SYNCHRONOUS) != 0) {
            Le.putLong(to, SignalfdSiginfoLayout.ADDR, Le.getLong(from, SigInfo.SI_ADDR));
            return;
        } else {
            Le.putInt(to, SignalfdSiginfoLayout.PID, Le.getInt(from, SigInfo.SI_PID));
            Le.putInt(to, SignalfdSiginfoLayout.UID, Le.getInt(from, SigInfo.SI_UID));
        }
        if (signal == Signals.SIGCHLD && code > 0) {
            Le.putInt(to, SignalfdSiginfoLayout.STATUS, Le.getInt(from, SigInfo.SI_STATUS));
            Le.putLong(to, SignalfdSiginfoLayout.UTIME, Le.getLong(from, SigInfo.SI_UTIME));
            Le.putLong(to, SignalfdSiginfoLayout.STIME, Le.getLong(from, SigInfo.SI_STIME));
        } else {
            Le.putInt(to, SignalfdSiginfoLayout.INT, Le.getInt(from, SigInfo.SI_VALUE));
            Le.putLong(to, SignalfdSiginfoLayout.PTR, Le.getLong(from, SigInfo.SI_VALUE));
        }
    }

    @Override
    public int poll(UserThread t) {
        return ((t.pending().mask() | t.process().pending().mask()) & mask) != 0 ? OpenFlags.READABLE : 0;
    }

    /** Whose signals? Nobody asks without a thread but SIGIO, which Linux does not give here either. */
    @Override
    public int poll() {
        return 0;
    }

    @Override
    public WaitList waiters(UserThread t) {
        return t.process().signalWaiters();
    }
}
