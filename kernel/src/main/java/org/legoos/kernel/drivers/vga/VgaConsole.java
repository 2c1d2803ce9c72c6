package org.legoos.kernel.drivers.vga;

import java.nio.charset.StandardCharsets;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;

/** The kernel's console on the 80x25 VGA text buffer: writes lines, scrolls, moves the hardware cursor. */
public final class VgaConsole {
    private static final long TEXT_BUFFER = 0xb8000;
    private static final int COLUMNS = 80;
    private static final int ROWS = 25;
    private static final int LIGHT_GREY = 0x07;
    private static final int CRTC_INDEX = 0x3d4;
    private static final int CRTC_DATA = 0x3d5;
    private static final int CURSOR_HIGH = 0x0e;
    private static final int CURSOR_LOW = 0x0f;

    private final MmioBus mmio;
    private final PortBus ports;
    private int row;
    private int column;

    public VgaConsole(MmioBus mmio, PortBus ports) {
        this.mmio = mmio;
        this.ports = ports;
        for (int i = 0; i < ROWS; i++) {
            blank(i);
        }
    }

    /** Writes a line and moves to the next. */
    public synchronized void line(String text) {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (column == COLUMNS) {
                newLine();
            }
            put(row, column++, b & 0xff);
        }
        newLine();
        int position = row * COLUMNS;
        crtc(CURSOR_HIGH, position >>> 8);
        crtc(CURSOR_LOW, position & 0xff);
    }

    private void newLine() {
        column = 0;
        if (++row < ROWS) {
            return;
        }
        row = ROWS - 1;
        for (int r = 1; r < ROWS; r++) {
            for (int c = 0; c < COLUMNS; c += 4) {
                mmio.write(cell(r - 1, c), 8, mmio.read(cell(r, c), 8));
            }
        }
        blank(row);
    }

    private void blank(int r) {
        for (int c = 0; c < COLUMNS; c++) {
            put(r, c, ' ');
        }
    }

    private void put(int r, int c, int character) {
        mmio.write(cell(r, c), 2, character | LIGHT_GREY << 8);
    }

    private static long cell(int r, int c) {
        return TEXT_BUFFER + 2L * (r * COLUMNS + c);
    }

    private void crtc(int register, int value) {
        ports.out(CRTC_INDEX, 1, register);
        ports.out(CRTC_DATA, 1, value);
    }
}
