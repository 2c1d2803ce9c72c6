package org.legoos.kernel.drivers.mlx4;

import org.legoos.mlx4.prm.CmdStatus;

/** The errno values that the driver reports, and Linux's translation of command status (mlx4_status_to_errno). */
final class Errno {
    static final int EPERM = 1;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EFAULT = 14;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EDEADLK = 35;
    static final int ETIMEDOUT = 110;

    private Errno() {}

    static int of(CmdStatus status) {
        return switch (status) {
            case OK -> 0;
            case INTERNAL_ERR -> EIO;
            case BAD_OP, BAD_PERM -> EPERM;
            case BAD_PARAM, BAD_PKT, BAD_QP_STATE -> EINVAL;
            case BAD_SYS_STATE -> ENXIO;
            case BAD_RESOURCE, BAD_RES_STATE, BAD_INDEX -> EBADF;
            case RESOURCE_BUSY, REG_BOUND -> EBUSY;
            case EXCEED_LIM, BAD_SIZE -> ENOMEM;
            case BAD_NVMEM, BAD_SEG_PARAM -> EFAULT;
            case ICM_ERROR -> ENFILE;
            case LAM_NOT_PRE -> EAGAIN;
            case MULTI_FUNC_REQ -> EACCES;
        };
    }
}
