package org.legoos.managers.storage;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.MessageWriter;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatusReply;
import org.legoos.managers.storage.host.FileCalls;
import org.legoos.managers.storage.host.HostFiles;
import org.legoos.managers.storage.host.Place;

/**
 * P2S_LOOKUP: walks a path as far as it goes without links. Nearly always that is its end, found at once; only when the way
 * there is blocked are the components looked at one by one.
 */
final class LookupWalk {
    private final HostFiles files;
    private final Caller who;

    LookupWalk(HostFiles files, Caller who) {
        this.files = files;
        this.who = who;
    }

    void answer(PathHandler.Call call, StorageNode node) {
        try (Place place = new Place()) {
            int walked = call.path().length();
            int error = files.look(call.path(), who, place);
            if (error == -Errno.ENOENT || error == -Errno.ENOTDIR || error == -Errno.ELOOP) {
                walked = end(call.path(), place);
                error = walked < 0 ? walked : 0;
            }
            finish(call, node, place, error, walked);
        }
    }

    /** Looks at one component after the other. @return how far it goes, or a negative errno */
    private int end(String path, Place place) {
        int end = 0;
        while (end < path.length()) {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
            place.reset();
            int error = files.look(path.substring(0, end), who, place);
            if (error != 0) {
                return error;
            }
            if (!place.exists() || place.stat.isLink()) {
                return end;
            }
            if (!place.stat.isDirectory() && end < path.length()) {
                return -Errno.ENOTDIR;
            }
        }
        return end;
    }

    private void finish(PathHandler.Call call, StorageNode node, Place place, int error, int walked) {
        if (error != 0) {
            node.reply(call.message(), error);
            return;
        }
        long bodyAt = call.worker().replyPa() + StatusReply.SIZE_BYTES;
        String target = "";
        if (place.exists()) {
            files.calls().fill(place, node.memory.segment(), bodyAt);
            target = place.stat.isLink() ? FileCalls.target(place) : "";
        } else {
            node.memory.zero(bodyAt, StatRecord.SIZE_BYTES);
        }
        MessageWriter writer = call.worker().writer.reset(node.memory.segment(), call.worker().replyPa(),
                StatusReply.SIZE_BYTES + StatRecord.SIZE_BYTES, call.message().maxReplyBytes);
        writer.string(target == null ? "" : target);
        if (writer.overflowed()) {
            node.reply(call.message(), -Errno.EINVAL);
            return;
        }
        PathHandler.finish(node, call, 0, walked, writer.lengthBytes() - StatusReply.SIZE_BYTES);
    }
}
