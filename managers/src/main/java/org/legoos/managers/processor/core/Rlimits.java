package org.legoos.managers.processor.core;

/** Resource limits of a process (getrlimit(2)), with the defaults of a usual Linux. */
public final class Rlimits {
    public static final int CPU = 0;
    public static final int FSIZE = 1;
    public static final int DATA = 2;
    public static final int STACK = 3;
    public static final int CORE = 4;
    public static final int RSS = 5;
    public static final int NPROC = 6;
    public static final int NOFILE = 7;
    public static final int MEMLOCK = 8;
    public static final int AS = 9;
    public static final int LOCKS = 10;
    public static final int SIGPENDING = 11;
    public static final int MSGQUEUE = 12;
    public static final int NICE = 13;
    public static final int RTPRIO = 14;
    public static final int RTTIME = 15;
    public static final int COUNT = 16;

    public static final long INFINITY = -1L;

    /** fs.nr_open: no process can have more descriptors. */
    public static final int NOFILE_MAX = 65536;

    private final long[] soft = new long[COUNT];
    private final long[] hard = new long[COUNT];

    public Rlimits() {
        java.util.Arrays.fill(soft, INFINITY);
        java.util.Arrays.fill(hard, INFINITY);
        set(STACK, 8 << 20, INFINITY);
        set(CORE, 0, INFINITY);
        set(NPROC, 8192, 8192);
        set(NOFILE, 1024, 4096);
        set(MEMLOCK, 64 << 10, 64 << 10);
        set(SIGPENDING, 8192, 8192);
        set(MSGQUEUE, 819200, 819200);
        set(NICE, 0, 0);
        set(RTPRIO, 0, 0);
    }

    public Rlimits copy() {
        Rlimits copy = new Rlimits();
        for (int resource = 0; resource < COUNT; resource++) {
            copy.set(resource, soft[resource], hard[resource]);
        }
        return copy;
    }

    public synchronized void set(int resource, long newSoft, long newHard) {
        soft[resource] = newSoft;
        hard[resource] = newHard;
    }

    public synchronized long soft(int resource) {
        return soft[resource];
    }

    public synchronized long hard(int resource) {
        return hard[resource];
    }
}
