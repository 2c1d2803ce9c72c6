package org.legoos.managers.processor.pcache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * How the range that {@code memmap=SIZE$START} reserved is divided, by LegoOS's rule (pcache/init.c): units of one page of
 * metadata and the data pages that it describes, their number rounded down to a power of two; data first, metadata
 * behind it. About half of the range is used. The set of an address is its bits [12 ...], without a hash:
 * <pre>
 *   | tag | set index | offset in line |        line number = way * sets + set
 * </pre>
 *
 * @param basePa where the range starts
 * @param registeredBytes its size
 * @param lineCount lines, a power of two
 * @param wayCount ways of each set, a power of two
 * @param requestedWays what the configuration asks for; more than wayCount when the range is too small for it
 */
public record PcacheGeometry(long basePa, long registeredBytes, int lineCount, int wayCount, long requestedWays) {
    public static final int LINE_BYTES = PhysicalMemory.PAGE_SIZE;
    public static final int LINE_SHIFT = PhysicalMemory.PAGE_SHIFT;

    /** The original's struct pcache_meta. */
    public static final int METADATA_BYTES = 128;

    private static final int LINES_PER_METADATA_PAGE = LINE_BYTES / METADATA_BYTES;

    /** One page of metadata and what it describes: no smaller range makes an ExCache. */
    public static final long UNIT_BYTES = (1L + LINES_PER_METADATA_PAGE) * LINE_BYTES;

    /** @throws IllegalArgumentException saying what is wrong with the range; to be reported before boot */
    public static PcacheGeometry of(long basePa, long sizeBytes, int associativityShift) {
        if ((basePa | sizeBytes) % LINE_BYTES != 0) {
            throw new IllegalArgumentException("ExCache range is not page aligned");
        }
        if (sizeBytes < UNIT_BYTES) {
            throw new IllegalArgumentException(
                    "ExCache of " + sizeBytes / 1024 + " KiB is too small: at least " + UNIT_BYTES / 1024 + " KiB");
        }
        long units = Long.highestOneBit(sizeBytes / UNIT_BYTES);
        int lines = Math.toIntExact(units * LINES_PER_METADATA_PAGE);
        long requested = 1L << associativityShift;
        return new PcacheGeometry(basePa, sizeBytes, lines, (int) Math.min(requested, lines), requested);
    }

    public int setCount() {
        return lineCount / wayCount;
    }

    public int setOf(long guestVa) {
        return (int) (guestVa >>> LINE_SHIFT) & (setCount() - 1);
    }

    public int setOfLine(int line) {
        return line & (setCount() - 1);
    }

    public int line(int set, int way) {
        return way * setCount() + set;
    }

    public long linePa(int line) {
        return basePa + ((long) line << LINE_SHIFT);
    }

    /** The line whose frame this is. */
    public int lineAt(long framePa) {
        return (int) (framePa - basePa >>> LINE_SHIFT);
    }

    public long dataBytes() {
        return (long) lineCount * LINE_BYTES;
    }

    public long metadataPa() {
        return basePa + dataBytes();
    }

    public long metadataBytes() {
        return (long) lineCount * METADATA_BYTES;
    }

    public long usedBytes() {
        return dataBytes() + metadataBytes();
    }

    /** Distance of two neighbouring ways of a set. */
    public long wayStrideBytes() {
        return (long) setCount() * LINE_BYTES;
    }

    public int setBits() {
        return Integer.numberOfTrailingZeros(setCount());
    }

    /** The boot block, line for line as the original prints it; there, kernel virtual addresses were direct-mapped too. */
    public List<String> describe(boolean isMemblockReserved) {
        int tagFrom = LINE_SHIFT + setBits();
        long offsetMask = LINE_BYTES - 1;
        long setMask = (1L << tagFrom) - 1 & ~offsetMask;
        List<String> out = new ArrayList<>();
        out.add("Processor LLC Configurations:");
        out.add(line("PhysStart:", "%#x", basePa));
        out.add(line("VirtStart:", "%#x", DIRECT_MAP_VA + basePa));
        out.add(line("Registered Size:", "%#x", registeredBytes));
        out.add(line("Actual Used Size:", "%#x", usedBytes()));
        out.add(line("NR cachelines:", "%d", lineCount));
        out.add(line("Associativity:", "%d", wayCount));
        out.add(line("NR Sets:", "%d", setCount()));
        out.add(line("Cacheline size:", "%d B", LINE_BYTES));
        out.add(line("Metadata size:", "%d B", METADATA_BYTES));
        out.add(bits("NR cacheline bits:", LINE_SHIFT, 0, offsetMask));
        out.add(bits("NR set-index bits:", setBits(), LINE_SHIFT, setMask));
        out.add(bits("NR tag bits:", Long.SIZE - tagFrom, tagFrom, -1L << tagFrom));
        out.add(line("NR pages for data:", "%d", dataBytes() / LINE_BYTES));
        out.add(line("NR pages for meta:", "%d", metadataBytes() / LINE_BYTES));
        out.add(range("Cacheline (pa) range:", basePa, dataBytes()));
        out.add(range("Metadata (pa) range:", metadataPa(), metadataBytes()));
        out.add(range("Cacheline (va) range:", DIRECT_MAP_VA + basePa, dataBytes()));
        out.add(range("Metadata (va) range:", DIRECT_MAP_VA + metadataPa(), metadataBytes()));
        out.add(line("Way cache stride:", "%#x", wayStrideBytes()));
        out.add(line("Memmap $ semantic:", "%s", isMemblockReserved ? "memblock reserved" : "e820 reserved"));
        if (requestedWays > wayCount) {
            out.add("Associativity reduced from " + requestedWays + " to " + wayCount + ": the range has no more lines");
        }
        return out;
    }

    /** Where x86-64 Linux and LegoOS map all physical memory. */
    private static final long DIRECT_MAP_VA = 0xffff_8800_0000_0000L;

    private static String line(String label, String format, Object value) {
        return String.format(Locale.ROOT, "    %-18s " + format, label, value);
    }

    private static String bits(String label, int count, int from, long mask) {
        return String.format(Locale.ROOT, "    %-18s %2d [%2d - %2d] 0x%016x", label, count, from, from + count - 1, mask);
    }

    private static String range(String label, long from, long sizeBytes) {
        return String.format(Locale.ROOT, "    %-23s [%#18x - %#18x]", label, from, from + sizeBytes - 1);
    }
}
