package org.legoos.managers.processor.ipc;

/** Numbers of System V IPC on x86-64 (linux/ipc.h, sem.h, msg.h, shm.h) and the limits of this node. */
public final class IpcNumbers {
    public static final int IPC_PRIVATE = 0;
    public static final int IPC_CREAT = 01000;
    public static final int IPC_EXCL = 02000;
    public static final int IPC_NOWAIT = 04000;

    public static final int IPC_RMID = 0;
    public static final int IPC_SET = 1;
    public static final int IPC_STAT = 2;
    public static final int IPC_INFO = 3;
    public static final int IPC_64 = 0x100;

    public static final int MSG_STAT = 11;
    public static final int MSG_INFO = 12;
    public static final int MSG_STAT_ANY = 13;
    public static final int MSG_NOERROR = 010000;
    public static final int MSG_EXCEPT = 020000;
    public static final int MSG_COPY = 040000;

    public static final int SEM_GETPID = 11;
    public static final int SEM_GETVAL = 12;
    public static final int SEM_GETALL = 13;
    public static final int SEM_GETNCNT = 14;
    public static final int SEM_GETZCNT = 15;
    public static final int SEM_SETVAL = 16;
    public static final int SEM_SETALL = 17;
    public static final int SEM_STAT = 18;
    public static final int SEM_INFO = 19;
    public static final int SEM_STAT_ANY = 20;
    public static final int SEM_UNDO = 0x1000;

    public static final int SHM_LOCK = 11;
    public static final int SHM_UNLOCK = 12;
    public static final int SHM_STAT = 13;
    public static final int SHM_INFO = 14;
    public static final int SHM_STAT_ANY = 15;
    public static final int SHM_RDONLY = 010000;
    public static final int SHM_RND = 020000;
    public static final int SHM_REMAP = 040000;
    public static final int SHM_EXEC = 0100000;
    public static final int SHM_HUGETLB = 04000;
    public static final int SHM_NORESERVE = 010000;

    /** IPCMNI: objects of a kind, and what multiplies the sequence number in an id. */
    public static final int OBJECTS_MAX = 32768;

    /** kernel.sem: SEMMSL SEMMNS SEMOPM SEMMNI; fewer sets in all than Linux, since each takes memory of the node's host. */
    public static final int SEMMSL = 32000;
    public static final int SEMMNS = 1 << 20;
    public static final int SEMOPM = 500;
    public static final int SEMMNI = 32000;
    public static final int SEMVMX = 32767;

    /** kernel.msgmax, msgmnb, msgmni, and what all queues together hold. */
    public static final int MSGMAX = 8192;
    public static final int MSGMNB = 16384;
    public static final int MSGMNI = 32000;
    public static final long MESSAGE_BYTES_MAX = 32L << 20;

    /** kernel.shmmni; shmmax and shmall are the memory node's business. */
    public static final int SHMMNI = 4096;

    private IpcNumbers() {}
}
