package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Le;

/**
 * What a file's attribute security.capability gives to who executes it (struct vfs_cap_data, capabilities(7) "File capabilities").
 *
 * @param permitted,inheritable sets as bits
 * @param isEffective whether what is permitted is effective at once
 */
record FileCapabilities(long permitted, long inheritable, boolean isEffective) {
    static final String ATTRIBUTE = "security.capability";
    static final int BYTES_MAX = 24;

    private static final int REVISION_MASK = 0xff000000;
    private static final int REVISION_1 = 0x01000000;
    private static final int REVISION_2 = 0x02000000;
    private static final int REVISION_3 = 0x03000000;
    private static final int EFFECTIVE = 1;
    private static final int BYTES_1 = 12;
    private static final int BYTES_2 = 20;
    private static final int BYTES_3 = 24;
    private static final int PERMITTED = 4;
    private static final int INHERITABLE = 8;
    private static final int HIGH = 8;

    /** @param length of what is in {@code value}; an errno or an attribute of no known form is no attribute */
    static FileCapabilities of(byte[] value, int length) {
        if (length < BYTES_1) {
            return null;
        }
        int magic = Le.getInt(value, 0);
        int revision = magic & REVISION_MASK;
        boolean isShort = revision == REVISION_1 && length == BYTES_1;
        boolean isLong = revision == REVISION_2 && length == BYTES_2 || revision == REVISION_3 && length == BYTES_3 && Le.getInt(value, BYTES_2) == 0;
        if (!isShort && !isLong) {
            return null;
        }
        return new FileCapabilities(set(value, PERMITTED, isLong) & Capability.ALL, set(value, INHERITABLE, isLong) & Capability.ALL,
                (magic & EFFECTIVE) != 0);
    }

    private static long set(byte[] value, int at, boolean isLong) {
        long low = Le.getInt(value, at) & 0xffffffffL;
        return isLong ? low | (long) Le.getInt(value, at + HIGH) << Integer.SIZE : low;
    }
}
