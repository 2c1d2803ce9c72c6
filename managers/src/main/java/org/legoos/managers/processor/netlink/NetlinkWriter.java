package org.legoos.managers.processor.netlink;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.kernel.syscall.Le;

/** Writes netlink messages (netlink(7)): struct nlmsghdr, a fixed part, attributes, each padded to 4 bytes. Not thread-safe. */
final class NetlinkWriter {
    /** struct nlmsghdr: u32 len, u16 type, u16 flags, u32 seq, u32 pid. */
    static final int HEADER_BYTES = 16;
    static final int LEN = 0;
    static final int TYPE = 4;
    static final int FLAGS = 6;
    static final int SEQ = 8;
    static final int PID = 12;

    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int end;
    private int message; // where the current one begins

    private void reserve(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + more, bytes.length * 2));
        }
    }

    /** Begins a message with a fixed part of zeros. @return where that part begins */
    int begin(int type, int flags, int sequence, int port, int fixedBytes) {
        reserve(HEADER_BYTES + fixedBytes);
        message = end;
        Le.putShort(bytes, end + TYPE, type);
        Le.putShort(bytes, end + FLAGS, flags);
        Le.putInt(bytes, end + SEQ, sequence);
        Le.putInt(bytes, end + PID, port);
        end += HEADER_BYTES + fixedBytes;
        return message + HEADER_BYTES;
    }

    void putByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    void putShort(int at, int value) {
        Le.putShort(bytes, at, value);
    }

    void putInt(int at, int value) {
        Le.putInt(bytes, at, value);
    }

    void putBytes(int at, byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, at, length);
    }

    NetlinkWriter attribute(int type, byte[] value) {
        int length = ATTRIBUTE_HEADER_BYTES + value.length;
        int padded = length + 3 & -4;
        reserve(padded);
        Le.putShort(bytes, end, length);
        Le.putShort(bytes, end + 2, type);
        System.arraycopy(value, 0, bytes, end + ATTRIBUTE_HEADER_BYTES, value.length);
        Arrays.fill(bytes, end + length, end + padded, (byte) 0);
        end += padded;
        return this;
    }

    NetlinkWriter attribute(int type, int value) {
        byte[] number = new byte[Integer.BYTES];
        Le.putInt(number, 0, value);
        return attribute(type, number);
    }

    NetlinkWriter attributeByte(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    /** With its NUL. */
    NetlinkWriter attribute(int type, String value) {
        return attribute(type, (value + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the message. */
    void end() {
        Le.putInt(bytes, message + LEN, end - message);
    }

    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, end);
        end = 0;
        Arrays.fill(bytes, (byte) 0);
        return taken;
    }

    int size() {
        return end;
    }
}
