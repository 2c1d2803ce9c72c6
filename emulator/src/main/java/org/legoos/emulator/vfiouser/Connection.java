package org.legoos.emulator.vfiouser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.legoos.emulator.vfiouser.Protocol.Header;
import org.legoos.emulator.vfiouser.Protocol.RegionAccess;
import org.legoos.isa.libc.ReceivedDescriptors;
import org.legoos.isa.libc.UnixSocket;

/**
 * One client's conversation: takes messages apart, has them executed, replies. Descriptors ride on the first byte of
 * their message, so the header is received on its own and nothing is ever read past a message's end.
 */
final class Connection {
    /** The largest body: a write of all data, a bit more for the sake of clients that count otherwise. */
    static final int BODY_BYTES_MAX = Protocol.MAX_DATA_BYTES + 64;

    private final UnixSocket socket;
    private final DeviceCommands commands;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment in = arena.allocate(BODY_BYTES_MAX);
    private final MemorySegment out = arena.allocate(Header.BYTES + RegionAccess.BYTES + Protocol.MAX_DATA_BYTES);
    private final MemorySegment outBody = out.asSlice(Header.BYTES);
    private final MemorySegment header = arena.allocate(Header.BYTES);
    private final ReceivedDescriptors descriptors = new ReceivedDescriptors();

    Connection(UnixSocket socket, DeviceCommands commands) {
        this.socket = socket;
        this.commands = commands;
    }

    /** Serves until the client goes; the result says why if it was sent away, else null. */
    String serve() {
        try {
            while (receive(header, Header.BYTES)) {
                long bodyBytes = Header.SIZE.get(header, 0) - Header.BYTES;
                if (bodyBytes < 0 || bodyBytes > BODY_BYTES_MAX) {
                    return "a message of " + Header.SIZE.get(header, 0) + " bytes";
                }
                if (!receive(in, (int) bodyBytes)) {
                    return "the connection ended within a message";
                }
                if ((Header.FLAGS.get(header, 0) & Header.FLAG_TYPE_MASK) != 0) {
                    return "a reply to nothing";
                }
                if (!execute(in.asSlice(0, bodyBytes))) {
                    return null;
                }
                descriptors.clear();
            }
            return null;
        } finally {
            descriptors.clear();
        }
    }

    private boolean execute(MemorySegment body) {
        int result = commands.execute(Header.COMMAND.getInt(header, 0), body, outBody, descriptors);
        if ((Header.FLAGS.get(header, 0) & Header.FLAG_NO_REPLY) != 0) {
            return true;
        }
        int sizeBytes = Header.BYTES + Math.max(result, 0);
        Header.ID.set(out, 0, Header.ID.get(header, 0));
        Header.COMMAND.set(out, 0, Header.COMMAND.get(header, 0));
        Header.SIZE.set(out, 0, sizeBytes);
        Header.FLAGS.set(out, 0, result < 0 ? Header.FLAG_REPLY | Header.FLAG_ERROR : Header.FLAG_REPLY);
        Header.ERROR.set(out, 0, result < 0 ? -result : 0);
        return socket.send(out, 0, sizeBytes);
    }

    private boolean receive(MemorySegment to, int countBytes) {
        for (int done = 0; done < countBytes; ) {
            int got = socket.receive(to, done, countBytes - done, descriptors);
            if (got == 0) {
                return false;
            }
            done += got;
        }
        return true;
    }
}
