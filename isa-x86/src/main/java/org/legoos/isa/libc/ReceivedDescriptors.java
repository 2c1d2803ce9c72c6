package org.legoos.isa.libc;

/** Descriptors that came with a message, until somebody takes them. What is not taken gets closed. */
public final class ReceivedDescriptors {
    private final int[] fds = new int[UnixSocket.FDS_MAX];
    private int count;

    /** One more; closed at once when there are too many. */
    void add(int fd) {
        if (count == fds.length) {
            Descriptor.close(fd);
        } else {
            fds[count++] = fd;
        }
    }

    public int count() {
        return count;
    }

    /** Looks at one that stays here. */
    public int peek(int index) {
        return index < count ? fds[index] : Descriptor.NONE;
    }

    /** Gives one to the caller, who then closes it; NONE when there is none (any more). */
    public int take(int index) {
        if (index >= count) {
            return Descriptor.NONE;
        }
        int fd = fds[index];
        fds[index] = Descriptor.NONE;
        return fd;
    }

    /** Closes what was not taken. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            Descriptor.close(fds[i]);
        }
        count = 0;
    }
}
