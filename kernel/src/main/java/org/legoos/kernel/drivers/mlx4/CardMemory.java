package org.legoos.kernel.drivers.mlx4;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.VirtToPhys;

/**
 * The host memory that the card keeps for itself: firmware area, context tables (ICM) and auxiliary
 * pages, handed over by MAP_FA, MAP_ICM and MAP_ICM_AUX in naturally aligned blocks (Linux icm.c).
 */
final class CardMemory {
    private final HostResources host;
    private final CommandInterface commands;
    private final List<HostResources.DmaBuffer> buffers = new ArrayList<>();
    private final Map<IcmLayout.Table, Long> tablePa = new EnumMap<>(IcmLayout.Table.class);

    CardMemory(HostResources host, CommandInterface commands) {
        this.host = host;
        this.commands = commands;
    }

    void mapFirmware(int pages) {
        map(Opcode.MAP_FA, 0, pagesOf(pages), "the firmware area");
    }

    void mapAuxiliary(int pages) {
        if (pages > 0) {
            map(Opcode.MAP_ICM_AUX, 0, pagesOf(pages), "auxiliary ICM");
        }
    }

    void mapIcm(IcmLayout layout) {
        for (IcmLayout.Region region : layout.regions()) {
            long pa = map(Opcode.MAP_ICM, region.icmAddress(), region.sizeBytes(), "ICM table " + region.table());
            tablePa.put(region.table(), pa);
        }
    }

    /** Where the CPU sees the table: it is one run of memory. */
    long tablePa(IcmLayout.Table table) {
        return tablePa.get(table);
    }

    /** The card has been told to forget it all. */
    void free() {
        buffers.forEach(host::free);
        buffers.clear();
    }

    private static long pagesOf(int pages) {
        return (long) pages << PhysicalMemory.PAGE_SHIFT;
    }

    private long map(int opcode, long icmAddress, long sizeBytes, String what) {
        HostResources.DmaBuffer buffer = host.allocate(sizeBytes, what);
        buffers.add(buffer);
        boolean hasVirtual = opcode == Opcode.MAP_ICM;
        long doneBytes = 0;
        while (doneBytes < buffer.sizeBytes()) {
            try (Command command = commands.begin()) {
                int entries = 0;
                command.clearInput(VirtToPhys.MAX_ENTRIES * VirtToPhys.SIZE_BYTES);
                for (; entries < VirtToPhys.MAX_ENTRIES && doneBytes < buffer.sizeBytes(); entries++) {
                    long pa = buffer.pa() + doneBytes;
                    long virtual = icmAddress + doneBytes;
                    long blockBytes = block(hasVirtual ? pa | virtual : pa, buffer.sizeBytes() - doneBytes);
                    long at = command.inputPa() + (long) entries * VirtToPhys.SIZE_BYTES;
                    VirtToPhys.VIRTUAL.set(command.memory(), at, hasVirtual ? virtual : 0);
                    VirtToPhys.PHYSICAL.set(command.memory(), at, pa);
                    VirtToPhys.LOG_PAGES.set(command.memory(), at,
                            Long.numberOfTrailingZeros(blockBytes) - VirtToPhys.PAGE_SHIFT);
                    doneBytes += blockBytes;
                }
                command.withInput(opcode, entries, 0);
            }
        }
        return buffer.pa();
    }

    /** The largest power of two to which the addresses are aligned and that is left. */
    private static long block(long addresses, long leftBytes) {
        long largest = Long.highestOneBit(leftBytes);
        return addresses == 0 ? largest : Math.min(Long.lowestOneBit(addresses), largest);
    }
}
