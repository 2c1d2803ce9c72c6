package org.legoos.kernel.syscall;

/** How much of a system call is there. */
public enum Support {
    /** What Linux does, as far as programs on one processor node can see. */
    FULL,
    /** A part; the table says which is missing. */
    PARTIAL,
    /** Answers ENOSYS. */
    NONE
}
