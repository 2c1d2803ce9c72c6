package org.legoos.managers.rpc;

/**
 * P2M_EXECVE: makes address space PID (see {@link ProcessRequest}) from a file. Behind {@link #SIZE_BYTES} follow:
 * string path, string AT_EXECFN (the path as the program gave it), string path of the interpreter that PT_INTERP names,
 * with links resolved (empty when there is none), string of the processor's flags as in
 * /proc/cpuinfo (one space between them), then ARGC and ENVC long strings without NUL. Arguments that do not fit in
 * a message are E2BIG.
 */
public final class ExecveRequest {
    /** {@link #FLAGS}: randomise the layout, from the random seed. */
    public static final int RANDOMIZE = 1;

    /** {@link #FLAGS}: AT_SECURE, whatever the ids are. */
    public static final int SECURE = 2;

    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U32 UID = L.u32();
    public static final Layout.U32 EUID = L.u32();
    public static final Layout.U32 GID = L.u32();
    public static final Layout.U32 EGID = L.u32();
    public static final Layout.U32 ARGC = L.u32();
    public static final Layout.U32 ENVC = L.u32();
    /** RLIMIT_STACK (soft): how far the stack may grow, and a quarter of it is what arguments may take. */
    public static final Layout.U64 STACK_LIMIT = L.u64();

    public static final Layout.U64 HWCAP = L.u64();
    public static final Layout.U64 HWCAP2 = L.u64();
    /** 16 random bytes: AT_RANDOM and the source of the layout. */
    public static final Layout.U64 RANDOM_LOW = L.u64();

    public static final Layout.U64 RANDOM_HIGH = L.u64();
    /** Whose files. */
    public static final Layout.U32 VNODE = L.u32();
    public static final int SIZE_BYTES = L.size();

    private ExecveRequest() {}
}
