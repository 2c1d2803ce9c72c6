package org.legoos.kernel.drivers.mlx4;

import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.CmdStatus;

/** The errno that a command's status is to who called the driver (Linux: mlx4_status_to_errno). */
final class StatusErrno {
    private StatusErrno() {}

    static int of(CmdStatus status) {
        return switch (status) {
            case OK -> 0;
            case INTERNAL_ERR -> Errno.EIO;
            case BAD_OP, BAD_PERM -> Errno.EPERM;
            case BAD_PARAM, BAD_PKT, BAD_QP_STATE -> Errno.EINVAL;
            case BAD_SYS_STATE -> Errno.ENXIO;
            case BAD_RESOURCE, BAD_RES_STATE, BAD_INDEX -> Errno.EBADF;
            case RESOURCE_BUSY, REG_BOUND -> Errno.EBUSY;
            case EXCEED_LIM, BAD_SIZE -> Errno.ENOMEM;
            case BAD_NVMEM, BAD_SEG_PARAM -> Errno.EFAULT;
            case ICM_ERROR -> Errno.ENFILE;
            case LAM_NOT_PRE -> Errno.EAGAIN;
            case MULTI_FUNC_REQ -> Errno.EACCES;
        };
    }
}
