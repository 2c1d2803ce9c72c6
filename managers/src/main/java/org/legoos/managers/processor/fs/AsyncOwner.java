package org.legoos.managers.processor.fs;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitLink;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.core.Waiter;
import org.legoos.managers.processor.signal.Signalling;

/**
 * Who gets SIGIO, or another signal, when a file with O_ASYNC becomes ready (fcntl(2): F_SETOWN, F_SETSIG). Made when a program
 * asks for it first. Thread-safe.
 */
public final class AsyncOwner implements Waiter {
    public static final int F_OWNER_TID = 0;
    public static final int F_OWNER_PID = 1;
    public static final int F_OWNER_PGRP = 2;

    private static final int INTEREST = OpenFlags.READABLE | OpenFlags.WRITABLE | OpenFlags.POLLPRI | OpenFlags.POLLERR | OpenFlags.POLLHUP;

    /** si_code of SIGIO (asm-generic/siginfo.h), and where si_band and si_fd are in siginfo_t. */
    private static final int POLL_IN = 1;
    private static final int POLL_OUT = 2;
    private static final int POLL_ERR = 4;
    private static final int POLL_PRI = 5;
    private static final int POLL_HUP = 6;
    private static final int SI_BAND = 16;
    private static final int SI_FD = 24;

    private final ProcessorManager manager;
    private final OpenFile file;
    private final int fd;
    private final WaitLink link = new WaitLink(this);
    private boolean isListening; // guarded by this
    private volatile int type = F_OWNER_PID;
    private volatile int id;
    private volatile int signal;

    /** @param fd what si_fd shows */
    public AsyncOwner(ProcessorManager manager, OpenFile file, int fd) {
        this.manager = manager;
        this.file = file;
        this.fd = fd;
    }

    public int type() {
        return type;
    }

    public int id() {
        return id;
    }

    /** F_GETSIG: 0 for SIGIO without details. */
    public int signal() {
        return signal;
    }

    public void setOwner(int newType, int newId) {
        type = newType;
        id = newId;
    }

    public void setSignal(int newSignal) {
        signal = newSignal;
    }

    /** O_ASYNC on or off. */
    public synchronized void listen(boolean isOn) {
        WaitList waiters = file.waiters();
        if (waiters == null || isOn == isListening) {
            return;
        }
        isListening = isOn;
        if (isOn) {
            waiters.add(link, INTEREST);
        } else {
            waiters.remove(link);
        }
    }

    @Override
    public void wake(int ready) {
        int now = file.poll() & ready;
        if (now == 0 || id == 0) {
            return;
        }
        SigInfo info = info(now);
        if (type == F_OWNER_TID) {
            UserThread thread = manager.findThread(id);
            if (thread != null) {
                Signalling.send(thread.process(), thread, info);
            }
            return;
        }
        for (Process process : manager.processes().values()) {
            if (type == F_OWNER_PID ? process.pid() == id : process.groupId() == id) {
                process.send(info);
            }
        }
    }

    private SigInfo info(int ready) {
        if (signal == 0) {
            return SigInfo.fromKernel(Signals.SIGIO);
        }
        byte[] image = new byte[SigInfo.BYTES];
        int code = (ready & OpenFlags.READABLE) != 0 ? POLL_IN : (ready & OpenFlags.WRITABLE) != 0 ? POLL_OUT
                : (ready & OpenFlags.POLLPRI) != 0 ? POLL_PRI : (ready & OpenFlags.POLLHUP) != 0 ? POLL_HUP : POLL_ERR;
        Le.putInt(image, SigInfo.SI_CODE, code);
        Le.putLong(image, SI_BAND, ready);
        Le.putInt(image, SI_FD, fd);
        return SigInfo.raw(signal, image);
    }
}
