package org.legoos.mlx4.prm;

/** Command completion status (HCR bits 31:24, or byte 0x0f of a command completion EQE). */
public enum CmdStatus {
    OK(0x00),
    INTERNAL_ERR(0x01),
    BAD_OP(0x02),
    BAD_PARAM(0x03),
    BAD_SYS_STATE(0x04),
    BAD_RESOURCE(0x05),
    RESOURCE_BUSY(0x06),
    EXCEED_LIM(0x08),
    BAD_RES_STATE(0x09),
    BAD_INDEX(0x0a),
    BAD_NVMEM(0x0b),
    ICM_ERROR(0x0c),
    BAD_PERM(0x0d),
    BAD_QP_STATE(0x10),
    BAD_SEG_PARAM(0x20),
    REG_BOUND(0x21),
    LAM_NOT_PRE(0x22),
    BAD_PKT(0x30),
    BAD_SIZE(0x40),
    MULTI_FUNC_REQ(0x50);

    private static final CmdStatus[] BY_CODE = new CmdStatus[256];

    static {
        for (CmdStatus status : values()) {
            BY_CODE[status.code] = status;
        }
    }

    private final int code;

    CmdStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The status with that code; one nobody documents is an internal error. */
    public static CmdStatus of(int code) {
        CmdStatus known = BY_CODE[code & 0xff];
        return known == null ? INTERNAL_ERR : known;
    }
}
