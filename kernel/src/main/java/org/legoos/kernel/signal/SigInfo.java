package org.legoos.kernel.signal;

import org.legoos.kernel.syscall.Le;

/** One sent signal: the 128 bytes of siginfo_t as the program will see them. Not changed once it is queued. */
public final class SigInfo {
    public static final int BYTES = 128;

    public static final int SI_SIGNO = 0;
    public static final int SI_ERRNO = 4;
    public static final int SI_CODE = 8;
    public static final int SI_PID = 16;
    public static final int SI_UID = 20;
    public static final int SI_ADDR = 16;
    public static final int SI_TIMERID = 16;
    public static final int SI_OVERRUN = 20;
    public static final int SI_VALUE = 24;
    public static final int SI_STATUS = 24;
    /** Of SIGSYS: si_call_addr is SI_ADDR. */
    public static final int SI_SYSCALL = 24;

    public static final int SI_ARCH = 28;
    public static final int SI_UTIME = 32;
    public static final int SI_STIME = 40;

    public static final int SI_USER = 0;
    public static final int SI_KERNEL = 0x80;
    public static final int SI_QUEUE = -1;
    public static final int SI_TIMER = -2;
    public static final int SI_TKILL = -6;

    public static final int SEGV_MAPERR = 1;
    public static final int SEGV_ACCERR = 2;
    public static final int BUS_ADRALN = 1;
    public static final int BUS_ADRERR = 2;
    public static final int FPE_INTDIV = 1;
    public static final int FPE_FLTINV = 7;
    public static final int ILL_ILLOPN = 2;
    public static final int SYS_SECCOMP = 1;
    public static final int TRAP_BRKPT = 1;
    public static final int TRAP_TRACE = 2;
    public static final int TRAP_HWBKPT = 4;

    /** USER_HZ is 100. */
    private static final long CLOCK_TICK_NS = 10_000_000;

    /** Who sent a signal that is pending at most once, and wants to know when it is taken. */
    @FunctionalInterface
    public interface Source {
        /** The signal leaves its queue. With the queue locked; must not block. @return what the receiver sees */
        SigInfo taken(SigInfo queued);
    }

    private final byte[] image;
    private final Source source;
    private boolean isQueued; // guarded by the queue

    private SigInfo(byte[] image) {
        this(image, null);
    }

    private SigInfo(byte[] image, Source source) {
        this.image = image;
        this.source = source;
    }

    /** The same with a source. */
    public SigInfo from(Source newSource) {
        return new SigInfo(image, newSource);
    }

    void queued() {
        isQueued = true;
    }

    /** Whether it was put into a queue, not dropped as ignored. By the sender, after sending. */
    public boolean wasQueued() {
        return isQueued;
    }

    SigInfo taken() {
        return source == null ? this : source.taken(this);
    }

    private static SigInfo blank(int signal, int code) {
        byte[] image = new byte[BYTES];
        Le.putInt(image, SI_SIGNO, signal);
        Le.putInt(image, SI_CODE, code);
        return new SigInfo(image);
    }

    /** Sent by a process: kill(2) with SI_USER, tgkill(2) with SI_TKILL. */
    public static SigInfo fromProcess(int signal, int code, int pid, int uid) {
        SigInfo info = blank(signal, code);
        Le.putInt(info.image, SI_PID, pid);
        Le.putInt(info.image, SI_UID, uid);
        return info;
    }

    public static SigInfo fromKernel(int signal) {
        return blank(signal, SI_KERNEL);
    }

    /** Caused by an instruction; address is what si_addr shows. */
    public static SigInfo fault(int signal, int code, long address) {
        SigInfo info = blank(signal, code);
        Le.putLong(info.image, SI_ADDR, address);
        return info;
    }

    /** SIGSYS of a filter of system calls: where, which, on which architecture, and the filter's 16 bits. */
    public static SigInfo ofFilter(long address, int nr, int arch, int reason) {
        SigInfo info = fault(Signals.SIGSYS, SYS_SECCOMP, address);
        Le.putInt(info.image, SI_ERRNO, reason);
        Le.putInt(info.image, SI_SYSCALL, nr);
        Le.putInt(info.image, SI_ARCH, arch);
        return info;
    }

    public static SigInfo timer(int signal, int timerId, int overrun, long value) {
        SigInfo info = blank(signal, SI_TIMER);
        Le.putInt(info.image, SI_TIMERID, timerId);
        Le.putInt(info.image, SI_OVERRUN, overrun);
        Le.putLong(info.image, SI_VALUE, value);
        return info;
    }

    /** Of a child to its parent: code is CLD_*, status an exit code or a signal. */
    public static SigInfo ofChild(int signal, int code, int pid, int uid, int status, long userNs, long systemNs) {
        SigInfo info = fromProcess(signal, code, pid, uid);
        Le.putInt(info.image, SI_STATUS, status);
        Le.putLong(info.image, SI_UTIME, userNs / CLOCK_TICK_NS);
        Le.putLong(info.image, SI_STIME, systemNs / CLOCK_TICK_NS);
        return info;
    }

    /** As the program wrote it (rt_sigqueueinfo), with the signal number of the call. */
    public static SigInfo raw(int signal, byte[] from) {
        byte[] image = new byte[BYTES];
        System.arraycopy(from, 0, image, 0, BYTES);
        Le.putInt(image, SI_SIGNO, signal);
        return new SigInfo(image);
    }

    public int signal() {
        return Le.getInt(image, SI_SIGNO);
    }

    public int code() {
        return Le.getInt(image, SI_CODE);
    }

    public long address() {
        return Le.getLong(image, SI_ADDR);
    }

    public int pid() {
        return Le.getInt(image, SI_PID);
    }

    public long value() {
        return Le.getLong(image, SI_VALUE);
    }

    /** Copies the structure into {@code to}. */
    public void copyTo(byte[] to, int offset) {
        System.arraycopy(image, 0, to, offset, BYTES);
    }
}
