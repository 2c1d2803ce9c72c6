package org.legoos.managers.storage;

import java.lang.foreign.MemorySegment;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.FileTransfer;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.MessageReader;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.PathRequest;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.FileCalls;
import org.legoos.managers.storage.host.HostFiles;
import org.legoos.managers.storage.host.Place;

/**
 * Calls that only look, where they arrive: programs make them all the time, the host has the answer in its memory, and handing over to a
 * worker would take longer than everything else. Nothing is changed and no lock is waited for; whatever else turns up goes to a worker.
 */
final class QuickHandler {
    /** A lookup's record and an empty target. */
    private static final int LOOKUP_BYTES = StatusReply.SIZE_BYTES + StatRecord.SIZE_BYTES + Short.BYTES;

    private static final int SHORT_XATTR_BYTES = 4096;

    private final StorageNode node;
    private final MemorySegment ram;
    private final ContentHandler content;
    private final PathHandler paths;

    QuickHandler(StorageNode node, ContentHandler content, PathHandler paths) {
        this.content = content;
        this.paths = paths;
        assert LOOKUP_BYTES <= Ibapi.INLINE_REPLY_BYTES;
        this.node = node;
        this.ram = node.memory.segment();
    }

    /** @return false when it is work for a worker */
    boolean handle(Incoming message) {
        int opcode = Header.OPCODE.get(ram, message.messagePa);
        if (!isQuick(opcode, message) || !node.enter()) {
            return false;
        }
        try {
            return switch (opcode) {
                case Opcode.M2S_READ -> content.quickRead(message);
                case Opcode.P2S_STAT, Opcode.P2S_LOOKUP -> look(opcode == Opcode.P2S_LOOKUP, message) || work(opcode, message);
                default -> work(opcode, message);
            };
        } catch (RuntimeException e) {
            node.kernel.log().once(LogLevel.ERR, "quick-" + e, "storage: request failed: %s", e);
            return false;
        } finally {
            node.leave();
        }
    }

    private boolean isQuick(int opcode, Incoming message) {
        long at = message.messagePa;
        return switch (opcode) {
            case Opcode.M2S_READ, Opcode.P2S_STAT, Opcode.P2S_LOOKUP, Opcode.P2S_READLINK, Opcode.P2S_ACCESS -> true;
            case Opcode.P2S_OPEN -> message.lengthBytes >= PathRequest.SIZE_BYTES && FileCalls.isReading(PathRequest.FLAGS.get(ram, at));
            case Opcode.P2S_GETXATTR, Opcode.P2S_LISTXATTR ->
                message.lengthBytes >= PathRequest.SIZE_BYTES && PathRequest.VALUE.get(ram, at) <= SHORT_XATTR_BYTES;
            default -> false;
        };
    }

    /** Does here what a worker would do. */
    private boolean work(int opcode, Incoming message) {
        ReplyBuffers.Buffer buffer = content.buffers().take();
        if (buffer == null) {
            return false;
        }
        boolean wasAnswered;
        try {
            paths.handle(opcode, message, buffer);
        } finally {
            wasAnswered = buffer.finish();
        }
        return wasAnswered;
    }

    private boolean look(boolean isLookup, Incoming message) {
        long at = message.messagePa;
        MessageReader reader = new MessageReader().reset(ram, at, PathRequest.SIZE_BYTES, message.lengthBytes);
        Caller who = Caller.read(ram, at, reader);
        String path = reader.string(FileTransfer.MAX_PATH_BYTES);
        String path2 = reader.string(FileTransfer.MAX_PATH_BYTES);
        HostFiles files = path2 == null ? null : node.files(PathRequest.VNODE.get(ram, at));
        if (files == null || reader.remainingBytes() != 0 || message.maxReplyBytes < LOOKUP_BYTES) {
            return false;
        }
        try (Place place = new Place()) {
            int error = files.look(path, who, place);
            boolean isEnd = error == 0 && !(isLookup && place.exists() && place.stat.isLink());
            if (isLookup && !isEnd) {
                return false; // links and what is not there
            }
            error = error != 0 || place.exists() || isLookup ? error : -Errno.ENOENT;
            node.counters.path.increment();
            if (error != 0) {
                node.reply(message, error);
                return true;
            }
            reply(message, files, place, path.length());
            return true;
        }
    }

    private void reply(Incoming message, HostFiles files, Place place, int walked) {
        long slot = node.slot();
        long bodyAt = slot + StatusReply.SIZE_BYTES;
        StatusReply.STATUS.set(ram, slot, 0);
        StatusReply.VALUE.set(ram, slot, walked);
        node.memory.zero(bodyAt, StatRecord.SIZE_BYTES + Short.BYTES);
        if (place.exists()) {
            files.calls().fill(place, ram, bodyAt);
        }
        node.send(message, slot, LOOKUP_BYTES, 0);
    }
}
