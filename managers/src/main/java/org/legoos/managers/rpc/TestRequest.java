package org.legoos.managers.rpc;

/**
 * P2M_TEST: answered with REPLY_LENGTH zero bytes, to measure a round trip through the handler (the original's
 * rpc_profile).
 */
public final class TestRequest {
    private static final Layout L = Layout.request();
    public static final Layout.U32 REPLY_LENGTH = L.u32();
    public static final int SIZE_BYTES = L.size();

    private TestRequest() {}
}
