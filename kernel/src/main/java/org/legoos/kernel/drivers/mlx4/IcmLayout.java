package org.legoos.kernel.drivers.mlx4;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.syscall.Errno;

/**
 * Where each context table lies in the card's own address space (ICM), after Linux's mlx4_make_profile:
 * sizes are powers of two, the largest table comes first, so each is aligned to its size. The cMPT area
 * is special: four sub-tables 2^24 entries apart, of which only the used part gets memory.
 */
final class IcmLayout {
    /** The tables, in the order in which Linux lists them. */
    enum Table { QPC, RDMARC, ALTC, AUXC, SRQC, CQC, EQC, DMPT, MTT, MCG, CMPT_QP, CMPT_SRQ, CMPT_CQ, CMPT_EQ }

    private static final int LOG_CMPT_SPACING = 24;

    /** A piece of ICM that needs memory behind it. */
    record Region(Table table, long icmAddress, long sizeBytes) {}

    private final Map<Table, Region> regions = new EnumMap<>(Table.class);
    private final long totalBytes;

    IcmLayout(Profile profile, DeviceCaps caps) {
        DeviceCaps.EntrySizes entry = caps.entries();
        long cmptSpacing = (long) entry.cmpt() << LOG_CMPT_SPACING;
        place(Table.CMPT_QP, 0, (long) entry.cmpt() << profile.logQps());
        place(Table.CMPT_SRQ, cmptSpacing, (long) entry.cmpt() << profile.logSrqs());
        place(Table.CMPT_CQ, 2 * cmptSpacing, (long) entry.cmpt() << profile.logCqs());
        place(Table.CMPT_EQ, 3 * cmptSpacing, (long) entry.cmpt() << profile.logEqs());
        long next = 4 * cmptSpacing;
        for (Region region : bySize(profile, entry)) {
            place(region.table, next, region.sizeBytes);
            next += region.sizeBytes;
        }
        totalBytes = next;
        if (totalBytes > caps.maxIcmBytes()) {
            throw new IbException(Errno.ENOMEM, "mlx4_core: profile requires 0x%x bytes of ICM; the HCA has 0x%x"
                    .formatted(totalBytes, caps.maxIcmBytes()));
        }
    }

    private static List<Region> bySize(Profile profile, DeviceCaps.EntrySizes entry) {
        List<Region> tables = new ArrayList<>();
        tables.add(sized(Table.QPC, entry.qpc(), profile.logQps()));
        tables.add(sized(Table.RDMARC, entry.rdmarc(), profile.logQps() + profile.logRdmarcPerQp()));
        tables.add(sized(Table.ALTC, entry.altc(), profile.logQps()));
        tables.add(sized(Table.AUXC, entry.auxc(), profile.logQps()));
        tables.add(sized(Table.SRQC, entry.srqc(), profile.logSrqs()));
        tables.add(sized(Table.CQC, entry.cqc(), profile.logCqs()));
        tables.add(sized(Table.EQC, entry.eqc(), profile.logEqs()));
        tables.add(sized(Table.DMPT, entry.dmpt(), profile.logMpts()));
        tables.add(sized(Table.MTT, entry.mtt(), profile.logMtts()));
        tables.add(sized(Table.MCG, 1 << Profile.LOG_MCG_ENTRY_BYTES, profile.logMcgs()));
        tables.sort(Comparator.comparingLong(Region::sizeBytes).reversed());
        return tables;
    }

    private static Region sized(Table table, int entryBytes, int logCount) {
        return new Region(table, 0, Math.max((long) entryBytes << logCount, PhysicalMemory.PAGE_SIZE));
    }

    private void place(Table table, long icmAddress, long sizeBytes) {
        regions.put(table, new Region(table, icmAddress, Math.max(sizeBytes, PhysicalMemory.PAGE_SIZE)));
    }

    Iterable<Region> regions() {
        return regions.values();
    }

    long base(Table table) {
        return regions.get(table).icmAddress();
    }

    long totalBytes() {
        return totalBytes;
    }
}
