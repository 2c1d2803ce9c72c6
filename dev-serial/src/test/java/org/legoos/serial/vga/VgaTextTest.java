package org.legoos.serial.vga;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;

class VgaTextTest {
    private final MmioBus mmio = new MmioBus();
    private final PortBus ports = new PortBus();
    private final VgaText vga = new VgaText();

    VgaTextTest() {
        vga.mapOn(mmio, ports);
    }

    private void put(int row, int column, String text, int attribute) {
        for (int i = 0; i < text.length(); i++) {
            mmio.write(0xb8000 + 2 * (80 * row + column + i), 2, text.charAt(i) | attribute << 8);
        }
    }

    private void crtc(int register, int value) {
        ports.out(0x3d4, 1, register);
        ports.out(0x3d5, 1, value);
    }

    /** The PNG as the JDK's own reader sees it. */
    private BufferedImage image() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(vga.dumpPng()));
    }

    @Test
    void textIsDumpedByLine() {
        put(0, 0, "LegoOS", 0x07);
        put(24, 78, "~" + (char) 0xdb, 0x07);
        assertThat(vga.dumpText()).hasLineCount(25).startsWith("LegoOS\n\n").endsWith(" ".repeat(78) + "~?\n");
    }

    @Test
    void bufferKeepsWhatIsWrittenInAnySize() {
        mmio.write(0xb8000, 8, 0x0141_0242_0343_0444L);
        assertThat(mmio.read(0xb8000, 8)).isEqualTo(0x0141_0242_0343_0444L);
        assertThat(mmio.read(0xb8001, 1)).isEqualTo(0x04);
        mmio.write(0xbffff, 1, 0x5a);
        assertThat(mmio.read(0xbffff, 1)).isEqualTo(0x5a);
        assertThat(vga.dumpText()).startsWith("DCBA\n");
    }

    @Test
    void crtcRegistersKeepTheirValuesAndUndefinedOnesDoNot() {
        crtc(0x0e, 0x07);
        ports.out(0x3d4, 2, 0xcf0f); // index and data in one word
        assertThat(ports.in(0x3d4, 1)).isEqualTo(0x0f);
        assertThat(ports.in(0x3d5, 1)).isEqualTo(0xcf);
        ports.out(0x3d4, 1, 0x0e);
        assertThat(ports.in(0x3d5, 1)).isEqualTo(0x07);
        crtc(0xff, 1);
        assertThat(ports.in(0x3d5, 1)).isEqualTo(0xff);
    }

    @Test
    void startAddressScrollsAndWraps() {
        put(1, 0, "second", 0x07);
        crtc(0x0d, 80);
        assertThat(vga.dumpText()).startsWith("second\n");
        crtc(0x0c, 0xff);
        crtc(0x0d, 0xff);
        assertThat(vga.dumpText()).hasLineCount(25);
        assertThat(vga.dumpPng()).isNotEmpty();
    }

    @Test
    void pngHasColoursAndCursor() throws IOException {
        put(0, 0, "|", 0x1e); // yellow on blue
        crtc(0x0e, 0);
        crtc(0x0f, 81);
        BufferedImage image = image();
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(400);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x0000aa);
        assertThat(image.getRGB(3, 4) & 0xffffff).isEqualTo(0xffff55);
        assertThat(image.getRGB(9, 16 + 14) & 0xffffff).as("cursor").isEqualTo(0xaaaaaa);
        assertThat(image.getRGB(9, 16 + 12) & 0xffffff).isZero();
        crtc(0x0a, 0x20);
        assertThat(image().getRGB(9, 16 + 14) & 0xffffff).as("cursor off").isZero();
    }

    @Test
    void everyPrintableCharacterHasItsOwnGlyphInsideTheCell() {
        Set<String> glyphs = new HashSet<>();
        for (int c = ' '; c <= '~'; c++) {
            StringBuilder glyph = new StringBuilder();
            for (int y = 0; y < VgaFont.HEIGHT; y++) {
                assertThat(VgaFont.row(c, y) & 0x83).as("margins of %c", c).isZero();
                glyph.append(VgaFont.row(c, y)).append(' ');
            }
            assertThat(glyphs.add(glyph.toString())).as("%c looks like another", c).isTrue();
        }
    }
}
