package org.legoos.serial.vga;

import java.nio.charset.StandardCharsets;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.bus.PortDevice;

/**
 * A VGA in text mode 3: 80x25 cells of character and attribute bytes in a 32 KiB buffer at 0xb8000, and
 * the CRT controller's index and data ports, of which the start address and the cursor do something
 * (IBM VGA technical reference). The screen is looked at by dumping it as text or as PNG; any thread may.
 */
public final class VgaText implements MmioDevice {
    public static final long BUFFER_PA = 0xb_8000L;
    public static final int BUFFER_BYTES = 0x8000;
    public static final int CRTC_PORT = 0x3d4;
    public static final int COLUMNS = 80;
    public static final int ROWS = 25;

    private static final int CELL_BYTES = 2;
    private static final int CRTC_PORT_COUNT = 2;
    private static final int CRTC_REGISTER_COUNT = 0x19;
    private static final int CURSOR_START = 0x0a;
    private static final int CURSOR_OFF = 0x20; // of CURSOR_START
    private static final int START_ADDRESS = 0x0c; // high, then low; in cells
    private static final int CURSOR_LOCATION = 0x0e;
    private static final int CURSOR_TOP_ROW = 13; // of a cell: where the BIOS draws it
    private static final int CURSOR_BOTTOM_ROW = 15;

    /** The 16 default colours of the DAC. */
    private static final int[] PALETTE = {
        0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa,
        0x555555, 0x5555ff, 0x55ff55, 0x55ffff, 0xff5555, 0xff55ff, 0xffff55, 0xffffff,
    };

    private final byte[] buffer = new byte[BUFFER_BYTES]; // guarded by this
    private final int[] crtc = new int[CRTC_REGISTER_COUNT]; // guarded by this
    private int crtcIndex; // guarded by this

    /** A blank screen as firmware leaves it: grey on black, cursor at the top left. */
    public VgaText() {
        for (int i = 0; i < BUFFER_BYTES; i += CELL_BYTES) {
            buffer[i] = ' ';
            buffer[i + 1] = 0x07;
        }
    }

    /** Maps buffer and ports where a PC has them. */
    public void mapOn(MmioBus mmio, PortBus ports) {
        mmio.map(BUFFER_PA, BUFFER_BYTES, this);
        ports.map(CRTC_PORT, CRTC_PORT_COUNT, new Crtc());
    }

    @Override
    public synchronized long read(long offset, int sizeBytes) {
        long value = 0;
        for (int i = sizeBytes - 1; i >= 0; i--) {
            value = value << 8 | buffer[(int) (offset + i) % BUFFER_BYTES] & 0xff;
        }
        return value;
    }

    @Override
    public synchronized void write(long offset, int sizeBytes, long value) {
        for (int i = 0; i < sizeBytes; i++) {
            buffer[(int) (offset + i) % BUFFER_BYTES] = (byte) (value >>> 8 * i);
        }
    }

    /** The screen's 25 lines without trailing blanks, each ended by a newline; beyond ASCII is '?'. */
    public synchronized String dumpText() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            byte[] line = new byte[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                int character = buffer[cellAt(row, column)] & 0xff;
                line[column] = (byte) (character == 0 ? ' ' : character < ' ' || character > '~' ? '?' : character);
            }
            text.append(new String(line, StandardCharsets.US_ASCII).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The screen as a PNG file of 640x400 pixels, with the cursor. */
    public synchronized byte[] dumpPng() {
        int width = COLUMNS * VgaFont.WIDTH;
        byte[] pixels = new byte[width * ROWS * VgaFont.HEIGHT];
        int cursorCell = (crtc[CURSOR_START] & CURSOR_OFF) != 0 ? -1 : word(CURSOR_LOCATION) - word(START_ADDRESS);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                boolean hasCursor = row * COLUMNS + column == cursorCell;
                drawCell(pixels, width, row, column, hasCursor);
            }
        }
        return PngWriter.encode(width, ROWS * VgaFont.HEIGHT, pixels, PALETTE);
    }

    private void drawCell(byte[] pixels, int width, int row, int column, boolean hasCursor) {
        int character = buffer[cellAt(row, column)] & 0xff;
        int attribute = buffer[cellAt(row, column) + 1];
        byte foreground = (byte) (attribute & 0xf);
        byte background = (byte) (attribute >>> 4 & 0x7); // the bit above is blinking, which a still does not show
        for (int y = 0; y < VgaFont.HEIGHT; y++) {
            boolean isCursorRow = hasCursor && y >= CURSOR_TOP_ROW && y <= CURSOR_BOTTOM_ROW;
            int bits = isCursorRow ? 0xff : VgaFont.row(character, y);
            int at = (row * VgaFont.HEIGHT + y) * width + column * VgaFont.WIDTH;
            for (int x = 0; x < VgaFont.WIDTH; x++) {
                pixels[at + x] = (bits << x & 0x80) != 0 ? foreground : background;
            }
        }
    }

    private int cellAt(int row, int column) {
        return (word(START_ADDRESS) + row * COLUMNS + column) * CELL_BYTES % BUFFER_BYTES;
    }

    private int word(int register) {
        return crtc[register] << 8 | crtc[register + 1];
    }

    /** Index and data port; a word written to the index port sets both. */
    private final class Crtc implements PortDevice {
        private static final int INDEX = 0;

        @Override
        public int in(int offset, int sizeBytes) {
            synchronized (VgaText.this) {
                int data = crtcIndex < CRTC_REGISTER_COUNT ? crtc[crtcIndex] : 0xff;
                return offset == INDEX ? crtcIndex | data << 8 : data;
            }
        }

        @Override
        public void out(int offset, int sizeBytes, int value) {
            synchronized (VgaText.this) {
                if (offset == INDEX) {
                    crtcIndex = value & 0xff;
                }
                if ((offset != INDEX || sizeBytes > 1) && crtcIndex < CRTC_REGISTER_COUNT) {
                    crtc[crtcIndex] = (offset == INDEX ? value >>> 8 : value) & 0xff;
                }
            }
        }
    }
}
