package org.legoos.managers.processor.socket;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.fs.OpenFile;

/**
 * One message, or one piece of a stream, on its way between a system call and a socket. Data is in the node's memory
 * or the Java heap, never the program's. Each thread has one and uses it again. Owner only, valid for one call.
 */
public final class Message {
    /** optmem_max: more control data is ENOBUFS. */
    public static final int CONTROL_BYTES_MAX = 20480;

    /** struct cmsghdr: size_t cmsg_len, int cmsg_level, int cmsg_type; data follow, padded to 8. */
    public static final int CMSG_HEADER_BYTES = 16;

    /** Data to send, or room for data to receive. */
    public MemorySegment data;
    public long at;
    public int length;

    /** MSG_* of the call. */
    public int flags;

    /** Send: whole length of the message when this is a piece of a stream's; receive: unused. */
    public long totalLength;

    /** Send: the destination; receive: the source, filled in by the socket. null for none. */
    public byte[] name;

    /** Send: control data as the program gave it. */
    public byte[] control = new byte[0];
    public int controlLength;

    /** Receive: MSG_TRUNC, MSG_CTRUNC, MSG_EOR for msg_flags. */
    public int flagsOut;

    /** Receive: room for control data that the program has, 0 for none; used up by {@link #putControl}. */
    public int controlRoom;

    /**
     * Receive: files that came along, each with a reference that now belongs to the call, null for none. The call gives
     * them descriptors and writes SCM_RIGHTS behind the other control data.
     */
    public OpenFile[] files;

    public void begin(MemorySegment newData, long newAt, int newLength, int newFlags) {
        data = newData;
        at = newAt;
        length = newLength;
        totalLength = newLength;
        flags = newFlags;
        name = null;
        controlLength = 0;
        controlRoom = 0;
        flagsOut = 0;
        files = null;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Makes {@link #control} at least this long. */
    public byte[] reserveControl(int lengthBytes) {
        if (control.length < lengthBytes) {
            control = Arrays.copyOf(control, Math.max(256, lengthBytes));
        }
        return control;
    }

    /** Receive: adds a control message; one for which there is no room is cut or left out with MSG_CTRUNC (put_cmsg of Linux). */
    public void putControl(int level, int type, byte[] value, int lengthBytes) {
        int room = controlRoom - controlLength;
        if (room < CMSG_HEADER_BYTES) {
            flagsOut |= SocketNumbers.MSG_CTRUNC;
            return;
        }
        int used = Math.min(lengthBytes, room - CMSG_HEADER_BYTES);
        if (used < lengthBytes) {
            flagsOut |= SocketNumbers.MSG_CTRUNC;
        }
        int end = controlLength + CMSG_HEADER_BYTES + used;
        int padded = Math.min(end + 7 & -8, controlRoom);
        reserveControl(padded);
        Le.putLong(control, controlLength, CMSG_HEADER_BYTES + used);
        Le.putInt(control, controlLength + 8, level);
        Le.putInt(control, controlLength + 12, type);
        System.arraycopy(value, 0, control, controlLength + CMSG_HEADER_BYTES, used);
        Arrays.fill(control, end, padded, (byte) 0);
        controlLength = padded;
    }

    /** Gives back the references of files that nobody takes. */
    public void dropFiles() {
        if (files != null) {
            for (OpenFile file : files) {
                file.release();
            }
            files = null;
        }
    }
}
