package org.legoos.kernel.boot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The {@code memmap=SIZE$START} boot parameter, which reserves the ExCache's range as in LegoOS: exactly one
 * on a processor node. Numbers take the suffixes K, M, G.
 */
final class MemmapOption {
    private static final Pattern MEMMAP = Pattern.compile("(?:^|\\s)memmap=(\\S+)");
    private static final Pattern RANGE = Pattern.compile("([0-9a-fA-Fx]+[KMGkmg]?)\\$([0-9a-fA-Fx]+[KMGkmg]?)");

    /** What is below is the kernel's. */
    private static final long MIN_START_PA = 64L << 20;

    private MemmapOption() {}

    /** @return the reserved range, sizeBytes 0 when the command line has none */
    static Kernel.MemoryRange parse(String commandLine, long ramBytes) {
        Matcher option = MEMMAP.matcher(commandLine);
        if (!option.find()) {
            return new Kernel.MemoryRange(0, 0);
        }
        String text = option.group(1);
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new BootException("memmap=" + text + ": expected memmap=SIZE$START, e.g. memmap=4G$4G");
        }
        if (option.find()) {
            throw new BootException("two memmap= parameters: remove one, there is one ExCache");
        }
        long size = parseSize(range.group(1));
        long start = parseSize(range.group(2));
        if (size <= 0 || (size | start) % PhysicalMemory.PAGE_SIZE != 0 || start < MIN_START_PA || start > ramBytes - size) {
            throw new BootException("memmap=" + text + " does not lie in RAM between " + (MIN_START_PA >> 20) + "M and " + (ramBytes >> 20) + "M");
        }
        return new Kernel.MemoryRange(start, size);
    }

    /** A number with an optional K, M or G. */
    static long parseSize(String text) {
        int shift = switch (Character.toUpperCase(text.charAt(text.length() - 1))) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        try {
            return Math.multiplyExact(Long.decode(shift == 0 ? text : text.substring(0, text.length() - 1)), 1L << shift);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new BootException("'" + text + "' is not a size");
        }
    }
}
