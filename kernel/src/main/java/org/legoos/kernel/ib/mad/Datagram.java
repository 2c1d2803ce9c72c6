package org.legoos.kernel.ib.mad;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.mlx4.prm.Mad;

/** A management datagram in the kernel's hands, and the address of the other end. */
public final class Datagram {
    /** The Q_Key of all queue pairs 1 (IBA 3.9.5.1). */
    static final int GSI_Q_KEY = 0x80010000;
    static final int GSI_QPN = 1;
    static final int DEFAULT_PKEY = 0xffff;
    static final int BASE_VERSION = 1;

    public final byte[] bytes = new byte[Mad.SIZE_BYTES];
    /** The same bytes, for the layouts. */
    public final MemorySegment segment = MemorySegment.ofArray(bytes);
    /** Where it came from or is to go. */
    public int lid;
    public int qpn = GSI_QPN;
    public int pkey = DEFAULT_PKEY;

    /** A new one to {@code lid}, its common header filled in but for the transaction. */
    public static Datagram of(int mgmtClass, int classVersion, int method, int attribute, int lid) {
        Datagram made = new Datagram();
        Mad.BASE_VERSION.set(made.segment, 0, BASE_VERSION);
        Mad.MGMT_CLASS.set(made.segment, 0, mgmtClass);
        Mad.CLASS_VERSION.set(made.segment, 0, classVersion);
        Mad.METHOD.set(made.segment, 0, method);
        Mad.ATTRIBUTE_ID.set(made.segment, 0, attribute);
        made.lid = lid;
        return made;
    }

    /** The same bytes, on their way back: change what is to be different. */
    public Datagram reply(int method, int status) {
        Datagram made = new Datagram();
        System.arraycopy(bytes, 0, made.bytes, 0, bytes.length);
        Mad.METHOD.set(made.segment, 0, method);
        Mad.STATUS.set(made.segment, 0, status);
        made.lid = lid;
        made.qpn = qpn;
        made.pkey = pkey;
        return made;
    }

    public int mgmtClass() {
        return Mad.MGMT_CLASS.get(segment, 0);
    }

    public int classVersion() {
        return Mad.CLASS_VERSION.get(segment, 0);
    }

    public int method() {
        return Mad.METHOD.get(segment, 0);
    }

    public int status() {
        return Mad.STATUS.get(segment, 0);
    }

    public int attribute() {
        return Mad.ATTRIBUTE_ID.get(segment, 0);
    }

    public long transaction() {
        return Mad.TRANSACTION_ID.get(segment, 0);
    }

    /** Does it answer something, rather than ask? */
    public boolean isResponse() {
        return (method() & Mad.METHOD_RESPONSE_BIT) != 0 || method() == Mad.METHOD_TRAP_REPRESS;
    }

    boolean isGetOrSet() {
        return method() == Mad.METHOD_GET || method() == Mad.METHOD_SET;
    }

    void clear() {
        Arrays.fill(bytes, (byte) 0);
    }
}
