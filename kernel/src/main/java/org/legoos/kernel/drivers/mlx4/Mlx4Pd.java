package org.legoos.kernel.drivers.mlx4;

import org.legoos.kernel.ib.FastRegion;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.MemoryWindow;
import org.legoos.kernel.ib.ProtectionDomain;

/** A protection domain: to the card just a number that keys and queue pairs must share. */
record Mlx4Pd(int number, MemoryKeys keys) implements ProtectionDomain {
    @Override
    public MemoryRegion dmaRegion(boolean remoteAccess) {
        return keys.physical(number, remoteAccess);
    }

    @Override
    public MemoryRegion register(long virtualAddress, long guestPa, long lengthBytes, boolean remoteAccess) {
        return register(virtualAddress, guestPa, lengthBytes, MemoryKeys.rights(remoteAccess));
    }

    @Override
    public MemoryRegion register(long virtualAddress, long guestPa, long lengthBytes, int rights) {
        return keys.region(number, virtualAddress, guestPa, lengthBytes, rights);
    }

    @Override
    public FastRegion allocFastRegion(int maxPages) {
        return keys.fastRegion(number, maxPages);
    }

    @Override
    public MemoryWindow allocWindow() {
        return keys.window(number);
    }
}
