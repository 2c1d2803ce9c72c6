package org.legoos.mlx4.prm;

/** QP states as {@link QpContext#STATE} holds them. */
public final class QpState {
    public static final int RST = 0;
    public static final int INIT = 1;
    public static final int RTR = 2;
    public static final int RTS = 3;
    public static final int SQER = 4;
    public static final int SQD = 5;
    public static final int ERR = 6;
    public static final int SQ_DRAINING = 7;

    private QpState() {}
}
