package org.legoos.managers.rpc;

/** A piece of a file behind the paths of FALLOCATE and COPY_RANGE; PathRequest.VALUE is where it begins. */
public final class ExtentRecord {
    private static final Layout L = Layout.record();
    public static final Layout.U64 LENGTH = L.u64();
    /** Of COPY_RANGE. */
    public static final Layout.U64 TO_OFFSET = L.u64();
    public static final int SIZE_BYTES = L.size();

    private ExtentRecord() {}
}
