package org.legoos.serial.vga;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes palette images as PNG (W3C PNG Specification, second edition): one IDAT, no filters. */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BITS_PER_PIXEL = 8;
    private static final int COLOR_TYPE_PALETTE = 3;

    private PngWriter() {}

    /**
     * Encodes an image.
     *
     * @param pixels palette indexes, row by row
     * @param palette colours as 0xRRGGBB, at most 256
     */
    static byte[] encode(int width, int height, byte[] pixels, int[] palette) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) BITS_PER_PIXEL).put((byte) COLOR_TYPE_PALETTE); // compression, filter, interlace are 0
        chunk(png, "IHDR", header.array());
        ByteBuffer colours = ByteBuffer.allocate(3 * palette.length);
        for (int rgb : palette) {
            colours.put((byte) (rgb >>> 16)).put((byte) (rgb >>> 8)).put((byte) rgb);
        }
        chunk(png, "PLTE", colours.array());
        chunk(png, "IDAT", deflate(width, height, pixels));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflate(int width, int height, byte[] pixels) {
        ByteBuffer rows = ByteBuffer.allocate((width + 1) * height);
        for (int y = 0; y < height; y++) {
            rows.put((byte) 0).put(pixels, y * width, width); // filter type "none" before each row
        }
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(rows.array());
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
