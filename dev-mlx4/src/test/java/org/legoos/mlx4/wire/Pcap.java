package org.legoos.mlx4.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the frames of a little-endian pcap file in the test resources. */
final class Pcap {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER = 24;

    private Pcap() {}

    static List<byte[]> frames(String name) {
        try (InputStream in = Pcap.class.getResourceAsStream("/pcap/" + name)) {
            ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            if (file.getInt(0) != MAGIC) {
                throw new IllegalArgumentException(name + " is not a little-endian pcap file");
            }
            List<byte[]> frames = new ArrayList<>();
            file.position(FILE_HEADER);
            while (file.remaining() > 0) {
                file.position(file.position() + 8);
                byte[] frame = new byte[file.getInt()];
                file.getInt();
                file.get(frame);
                frames.add(frame);
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
