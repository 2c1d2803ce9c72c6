package org.legoos.emulator.stdio;

import java.io.IOException;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.HostIo;

/**
 * Waits, on a thread of its own, until descriptors that somebody passed are ready, and tells who asked. It owns the descriptors:
 * they are closed with it.
 */
final class DescriptorWatch {
    private final int[] fds; // the last is the wake-up event
    private final int[] wanted; // guarded by this
    private final Runnable[] onReady;
    private final int wakeFd;
    private boolean isStarted; // guarded by this
    private boolean isClosing; // guarded by this

    /** @param descriptors negative where there is none */
    DescriptorWatch(int... descriptors) throws IOException {
        fds = java.util.Arrays.copyOf(descriptors, descriptors.length + 1);
        wanted = new int[fds.length];
        onReady = new Runnable[descriptors.length];
        wakeFd = Descriptor.newEvent();
        fds[descriptors.length] = wakeFd;
        wanted[descriptors.length] = HostIo.POLLIN;
    }

    int fd(int index) {
        return fds[index];
    }

    /** Who is told, on the watching thread, when what it asked for is there. */
    void onReady(int index, Runnable told) {
        onReady[index] = told;
    }

    /** Tells once when one of these events, an error or the end is there. */
    synchronized void ask(int index, int events) {
        if (isClosing || (wanted[index] & events) == events) {
            return;
        }
        wanted[index] |= events;
        if (!isStarted) {
            isStarted = true;
            Thread.ofPlatform().daemon().name("exec-io").start(this::watch);
        }
        Descriptor.signalEvent(wakeFd);
    }

    private void watch() {
        int wakeAt = fds.length - 1;
        int[] asked = new int[fds.length];
        int[] events = new int[fds.length];
        int[] ready = new int[fds.length];
        while (snapshot(asked, events)) {
            HostIo.await(asked, events, ready);
            if (ready[wakeAt] != 0) {
                Descriptor.takeEvent(wakeFd);
            }
            for (int i = 0; i < wakeAt; i++) {
                if (ready[i] != 0) {
                    synchronized (this) {
                        wanted[i] = 0;
                    }
                    onReady[i].run();
                }
            }
        }
        closeAll();
    }

    /** What to wait for: an end or error of a descriptor that nobody asks about must not wake us. */
    private synchronized boolean snapshot(int[] asked, int[] events) {
        for (int i = 0; i < fds.length; i++) {
            asked[i] = wanted[i] == 0 ? Descriptor.NONE : fds[i];
            events[i] = wanted[i];
        }
        return !isClosing;
    }

    private void closeAll() {
        for (int fd : fds) {
            Descriptor.close(fd);
        }
    }

    /** Nobody uses the descriptors any more. */
    void close() {
        synchronized (this) {
            if (isClosing) {
                return;
            }
            isClosing = true;
            if (isStarted) {
                Descriptor.signalEvent(wakeFd);
                return;
            }
        }
        closeAll();
    }
}
