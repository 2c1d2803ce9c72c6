package org.legoos.managers.processor.socket.unix;

import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** What was sent to one socket and not yet received. Thread-safe: guarded by itself. */
final class Inbox {
    /** What a message costs besides its bytes, so that many empty ones end too (Linux counts struct sk_buff). */
    private static final int RECORD_BYTES = 768;

    /** net.unix.max_dgram_qlen: datagrams that may wait. */
    private static final int DATAGRAMS_MAX = 10;

    private final RecordRing ring = new RecordRing(); // guarded by this
    private boolean isClosed; // guarded by this
    private List<UnixDatagram> starved; // senders that found no room; guarded by this

    synchronized int usedBytes() {
        return ring.usedBytes();
    }

    synchronized boolean isEmpty() {
        return ring.isEmpty();
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    /** SIOCINQ: all bytes of a stream, the first message's otherwise. */
    synchronized int readableBytes(boolean isStream) {
        return isStream ? ring.usedBytes() : ring.isEmpty() ? 0 : ring.length(0);
    }

    synchronized boolean hasRoom(int limitBytes) {
        return cost() < limitBytes;
    }

    private int cost() {
        return ring.usedBytes() + ring.count() * RECORD_BYTES;
    }

    /** Appends what fits. @return bytes, -EAGAIN, -EPIPE when the socket is closed */
    synchronized int addStream(Message m, Ancillary ancillary, int limitBytes) {
        if (isClosed) {
            return -Errno.EPIPE;
        }
        int room = limitBytes - cost();
        if (room <= 0) {
            return -Errno.EAGAIN;
        }
        int done = Math.min(m.length, room);
        ring.add(m.data, m.at, done, ancillary, true);
        return done;
    }

    /** Appends a whole message of a connection (SOCK_SEQPACKET). @return its length, -EAGAIN, -EPIPE */
    synchronized int addPacket(Message m, Ancillary ancillary, int limitBytes) {
        if (isClosed) {
            return -Errno.EPIPE;
        }
        if (!ring.isEmpty() && cost() + RECORD_BYTES + m.length > limitBytes) {
            return -Errno.EAGAIN;
        }
        ring.add(m.data, m.at, m.length, ancillary, false);
        return m.length;
    }

    /** Appends a datagram; a sender for whom there is no room is told when there is. @return its length, -EAGAIN, -ECONNREFUSED */
    synchronized int addDatagram(Message m, Ancillary ancillary, UnixDatagram sender) {
        if (isClosed) {
            return -Errno.ECONNREFUSED;
        }
        if (ring.count() > DATAGRAMS_MAX) {
            starve(sender);
            return -Errno.EAGAIN;
        }
        ring.add(m.data, m.at, m.length, ancillary, false);
        return m.length;
    }

    private void starve(UnixDatagram sender) {
        if (starved == null) {
            starved = new ArrayList<>(1);
        }
        if (!starved.contains(sender)) {
            starved.add(sender);
        }
    }

    /** Whether a datagram would be taken; a sender for whom there is no room is told when there is. */
    synchronized boolean hasRoomFor(UnixDatagram sender) {
        if (isClosed || ring.count() <= DATAGRAMS_MAX) {
            return true;
        }
        starve(sender);
        return false;
    }

    /** Senders to be woken since there is room again. */
    synchronized List<UnixDatagram> takeStarved() {
        List<UnixDatagram> taken = starved == null || ring.count() > DATAGRAMS_MAX ? List.of() : starved;
        if (!taken.isEmpty()) {
            starved = null;
        }
        return taken;
    }

    /**
     * Receives bytes of a stream: over the ends of records, but not from one sender to another when credentials are
     * shown, and not beyond a record with files (unix_stream_read_generic of Linux).
     *
     * @return bytes, 0 when there is nothing
     */
    synchronized int takeStream(Message m, boolean showCredentials) {
        int done = 0;
        int skip = 0;
        int record = 0;
        Ancillary first = null;
        while (done < m.length && record < ring.count()) {
            Ancillary ancillary = ring.attachment(record);
            if (first != null && showCredentials && !first.isSameSender(ancillary)) {
                break;
            }
            int length = Math.min(m.length - done, ring.length(record));
            ring.copy(skip, m.data, m.at + done, length);
            done += length;
            first = first == null ? ancillary : first;
            boolean hasFiles = ancillary.files != null;
            boolean isWhole = length == ring.length(record);
            if (m.has(SocketNumbers.MSG_PEEK)) {
                takeFiles(m, record, true);
                skip += length;
                record++;
            } else {
                takeFiles(m, record, false);
                ring.consume(length, isWhole);
            }
            if (hasFiles) {
                break;
            }
        }
        if (first != null && showCredentials) {
            first.putCredentials(m);
        }
        return done;
    }

    /** Receives one message. @return its bytes (its whole length with MSG_TRUNC), -EAGAIN when there is none */
    synchronized int takeMessage(Message m, boolean showCredentials) {
        if (ring.isEmpty()) {
            return -Errno.EAGAIN;
        }
        int length = ring.length(0);
        int copied = Math.min(length, m.length);
        ring.copy(0, m.data, m.at, copied);
        Ancillary ancillary = ring.attachment(0);
        m.name = ancillary.from;
        if (copied < length) {
            m.flagsOut |= SocketNumbers.MSG_TRUNC;
        }
        if (showCredentials) {
            ancillary.putCredentials(m);
        }
        boolean isPeek = m.has(SocketNumbers.MSG_PEEK);
        takeFiles(m, 0, isPeek);
        if (!isPeek) {
            ring.consume(length, true);
        }
        return m.has(SocketNumbers.MSG_TRUNC) ? length : copied;
    }

    private void takeFiles(Message m, int record, boolean isPeek) {
        Ancillary ancillary = ring.attachment(record);
        if (ancillary.files == null) {
            return;
        }
        m.files = ancillary.files;
        if (isPeek) {
            m.files = ancillary.files.clone();
            for (OpenFile file : m.files) {
                file.retain();
            }
        } else {
            ring.setAttachment(record, ancillary.withoutFiles());
            InFlight.taken(List.of(m.files));
        }
    }

    /** Open files in records, for {@link InFlight}. */
    synchronized void forEachFile(java.util.function.Consumer<OpenFile> action) {
        for (int i = 0; i < ring.count(); i++) {
            OpenFile[] files = ring.attachment(i).files;
            if (files != null) {
                for (OpenFile file : files) {
                    action.accept(file);
                }
            }
        }
    }

    /** Throws everything away. @return the files that were in it, to be released with no lock held */
    synchronized List<OpenFile> clear() {
        List<OpenFile> files = new ArrayList<>();
        forEachFile(files::add);
        while (!ring.isEmpty()) {
            ring.consume(ring.length(0), true);
        }
        InFlight.taken(files);
        return files;
    }

    /** Nothing comes in any more. @return whether something was never received */
    boolean close() {
        List<OpenFile> files;
        boolean wasUnread;
        synchronized (this) {
            isClosed = true;
            wasUnread = !ring.isEmpty();
            files = clear();
        }
        InFlight.release(files);
        return wasUnread;
    }
}
