package org.legoos.mlx4.prm;

/** Completion error syndromes of a {@link CqEntry}. */
public final class Syndrome {
    public static final int LOCAL_LENGTH = 0x01;
    public static final int LOCAL_QP_OP = 0x02;
    public static final int LOCAL_PROT = 0x04;
    public static final int WR_FLUSH = 0x05;
    public static final int MW_BIND = 0x06;
    public static final int BAD_RESP = 0x10;
    public static final int LOCAL_ACCESS = 0x11;
    public static final int REMOTE_INVAL_REQ = 0x12;
    public static final int REMOTE_ACCESS = 0x13;
    public static final int REMOTE_OP = 0x14;
    public static final int TRANSPORT_RETRY_EXC = 0x15;
    public static final int RNR_RETRY_EXC = 0x16;
    public static final int REMOTE_ABORTED = 0x22;

    private Syndrome() {}
}
