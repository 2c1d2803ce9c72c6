package org.legoos.kernel.drivers.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.legoos.isa.pci.PciHost;
import org.legoos.isa.pci.PciReg;
import org.legoos.isa.platform.Platform;
import org.legoos.kernel.printk.Printk;

/** Enumeration of bus 0: finds the functions, and places their BARs (Linux: pci_scan_bus). */
public final class PciBus {
    private final List<PciDevice> devices;

    private PciBus(List<PciDevice> devices) {
        this.devices = List.copyOf(devices);
    }

    public static PciBus scan(Platform platform, Printk log) {
        List<PciDevice> found = new ArrayList<>();
        PciAddressSpace addresses = new PciAddressSpace(log);
        for (int slot = 0; slot < PciHost.SLOT_COUNT; slot++) {
            int vendorId = platform.pci().configRead(slot, PciReg.VENDOR_ID, 2) & 0xffff;
            if (vendorId == PciReg.NO_VENDOR) {
                continue;
            }
            PciDevice device = new PciDevice(platform, slot);
            log.info("%s: [%04x:%04x] type %02x class 0x%06x", device, device.vendorId(), device.deviceId(),
                    device.read8(PciReg.HEADER_TYPE), device.classCode());
            device.clearCommand(PciReg.COMMAND_MEMORY | PciReg.COMMAND_MASTER);
            addresses.assign(device);
            found.add(device);
        }
        return new PciBus(found);
    }

    public List<PciDevice> devices() {
        return devices;
    }

    public Optional<PciDevice> find(int vendorId, int deviceId) {
        return devices.stream().filter(device -> device.vendorId() == vendorId && device.deviceId() == deviceId).findFirst();
    }
}
