package org.legoos.kernel.boot;

import java.nio.charset.StandardCharsets;
import org.legoos.isa.platform.Platform;
import org.legoos.kernel.drivers.serial.Serial8250;
import org.legoos.kernel.drivers.vga.VgaConsole;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.printk.Printk;

/** Connects printk to the consoles that the configuration names: a serial port, the VGA text screen, or both. */
final class Consoles {
    private static final byte[] LINE_END = {'\n'};

    private Consoles() {}

    static void register(Printk log, Platform platform, KConfig config) {
        if (config.bool("TTY_SERIAL")) {
            registerSerial(log, platform, config);
        }
        if (config.bool("TTY_VT")) {
            VgaConsole screen = new VgaConsole(platform.mmio(), platform.ports());
            log.register((level, line) -> screen.line(line));
        }
    }

    private static void registerSerial(Printk log, Platform platform, KConfig config) {
        boolean first = config.bool("TTYS0");
        int baud = config.bool("BAUD9600") ? 9600 : 115200;
        Serial8250 port = Serial8250.probe(platform.ports(), first ? Serial8250.TTYS0 : Serial8250.TTYS1, baud);
        if (port == null) {
            log.warn("serial: no UART at %s", first ? "ttyS0" : "ttyS1");
            return;
        }
        log.register((level, line) -> {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            port.write(bytes, 0, bytes.length);
            port.write(LINE_END, 0, 1);
        });
    }
}
