package org.legoos.isa.cpu;

/** Bits of the x86 page-fault error code (Intel SDM vol. 3, 4.7). */
public final class PageFaultCode {
    public static final int PRESENT = 1;
    public static final int WRITE = 1 << 1;
    public static final int USER = 1 << 2;
    public static final int RESERVED_BIT = 1 << 3;
    public static final int INSTRUCTION_FETCH = 1 << 4;

    private PageFaultCode() {}
}
