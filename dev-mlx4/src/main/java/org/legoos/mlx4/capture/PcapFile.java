package org.legoos.mlx4.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.legoos.isa.time.Clock;

/**
 * A capture file in the classic pcap format with nanosecond time stamps (draft-ietf-opsawg-pcap). Any thread may
 * record; a record is whole in the file or not at all. A file that cannot be written any more ends the capture, not
 * the traffic: {@link #failure} tells.
 */
public final class PcapFile implements AutoCloseable {
    /**
     * Endace's extensible record format: each packet begins with a 16-byte header that names its kind. The one way to
     * have InfiniBand packets in a pcap file that Wireshark reads (it passes over LINKTYPE_INFINIBAND, 247).
     */
    public static final int LINKTYPE_ERF = 197;
    public static final int LINKTYPE_ETHERNET = 1;

    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final short VERSION_MAJOR = 2;
    private static final short VERSION_MINOR = 4;
    private static final int SNAP_LENGTH = 65535;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int BUFFER_BYTES = 256 << 10;
    /** Somebody who looks at the file while it grows sees packets no older than this, if others follow. */
    private static final long FLUSH_NS = 200_000_000L;

    private final Clock clock;
    private final OutputStream out; // guarded by this
    private final ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN); // guarded by this
    private long flushedNs; // guarded by this
    private IOException failure; // guarded by this

    private PcapFile(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.flushedNs = clock.nowNs();
    }

    /** Makes the file, or empties it. */
    public static PcapFile create(Path path, int linkType, Clock clock) throws IOException {
        PcapFile file = new PcapFile(new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES), clock);
        file.header.putInt(MAGIC_NANOSECONDS).putShort(VERSION_MAJOR).putShort(VERSION_MINOR)
                .putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(linkType);
        file.out.write(file.header.array(), 0, FILE_HEADER_BYTES);
        return file;
    }

    /** Adds a packet with the time of now. */
    public synchronized void record(byte[] bytes, int at, int lengthBytes) {
        if (failure != null) {
            return;
        }
        long wallNs = clock.wallTimeNs();
        header.clear();
        header.putInt((int) (wallNs / NS_PER_S)).putInt((int) (wallNs % NS_PER_S)).putInt(lengthBytes).putInt(lengthBytes);
        try {
            out.write(header.array(), 0, RECORD_HEADER_BYTES);
            out.write(bytes, at, lengthBytes);
            long nowNs = clock.nowNs();
            if (nowNs - flushedNs >= FLUSH_NS) {
                flushedNs = nowNs;
                out.flush();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Why recording has stopped, or null. */
    public synchronized IOException failure() {
        return failure;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        failure = failure == null ? new IOException("closed") : failure;
    }
}
