package org.legoos.mlx4.prm;

/** Send work request opcodes of a {@link CtrlSegment}; send completions carry them too. */
public final class WqeOpcode {
    public static final int NOP = 0x00;
    public static final int SEND_INVAL = 0x01;
    public static final int RDMA_WRITE = 0x08;
    public static final int RDMA_WRITE_IMM = 0x09;
    public static final int SEND = 0x0a;
    public static final int SEND_IMM = 0x0b;
    public static final int LSO = 0x0e;
    public static final int RDMA_READ = 0x10;
    public static final int ATOMIC_CS = 0x11;
    public static final int ATOMIC_FA = 0x12;
    public static final int MASKED_ATOMIC_CS = 0x14;
    public static final int MASKED_ATOMIC_FA = 0x15;
    public static final int BIND_MW = 0x18;
    public static final int FAST_REG = 0x19;
    public static final int LOCAL_INVAL = 0x1b;

    private WqeOpcode() {}
}
