package org.legoos.kernel.kconfig;

import java.util.Collection;

/** Finds the name that somebody meant who made one slip: a character too many, too few, wrong, or two in the wrong order. */
final class Spelling {
    /** Shorter names differ by one character without being slips of each other. */
    private static final int LENGTH_MIN = 8;

    private Spelling() {}

    /** The first of the known names that is one slip away; null when there is none. Digits that differ are no slip: they count. */
    static String meant(String name, Collection<String> known) {
        return known.stream().filter(each -> isOneSlipAway(each, name)).findFirst().orElse(null);
    }

    private static boolean isOneSlipAway(String known, String name) {
        if (known.length() < LENGTH_MIN || Math.abs(known.length() - name.length()) > 1) {
            return false;
        }
        int from = 0;
        while (from < known.length() && from < name.length() && known.charAt(from) == name.charAt(from)) {
            from++;
        }
        int knownEnd = known.length();
        int nameEnd = name.length();
        while (knownEnd > from && nameEnd > from && known.charAt(knownEnd - 1) == name.charAt(nameEnd - 1)) {
            knownEnd--;
            nameEnd--;
        }
        String inKnown = known.substring(from, knownEnd);
        String inName = name.substring(from, nameEnd);
        boolean isSwap = inKnown.length() == 2 && inName.length() == 2
                && inKnown.charAt(0) == inName.charAt(1) && inKnown.charAt(1) == inName.charAt(0);
        boolean isOne = inKnown.length() <= 1 && inName.length() <= 1;
        return (isSwap || isOne) && !(inKnown + inName).matches("[0-9]*");
    }
}
