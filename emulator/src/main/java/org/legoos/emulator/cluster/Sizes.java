package org.legoos.emulator.cluster;

/** Sizes as people write them: a number with an optional K, M or G (powers of 1024). */
public final class Sizes {
    private Sizes() {}

    /** @param where put before the message of the ConfigException */
    public static long parse(String text, String where) {
        String digits = text.replaceFirst("[KMGkmg]$", "");
        int shift = digits.length() == text.length() ? 0 : switch (Character.toUpperCase(text.charAt(text.length() - 1))) {
            case 'K' -> 10;
            case 'M' -> 20;
            default -> 30;
        };
        try {
            return Math.multiplyExact(Long.parseUnsignedLong(digits), 1L << shift);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ConfigException(where + ": '" + text + "' is not a size such as 512K, 64M or 4G");
        }
    }

    /** The shortest exact form. */
    public static String format(long bytes) {
        if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
            return (bytes >> 30) + "G";
        }
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "M";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "K" : Long.toString(bytes);
    }
}
