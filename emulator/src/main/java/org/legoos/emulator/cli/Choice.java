package org.legoos.emulator.cli;

import java.util.Arrays;
import java.util.Locale;

/** A word of a command line that names one of several things. */
final class Choice {
    private Choice() {}

    /** @param what for the message when it names none; @return the one of that name, whatever its case */
    static <E extends Enum<E>> E of(E[] all, String name, String what) {
        for (E each : all) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
        }
        throw new UserError(Lego.FAILED, what + " " + name + ": expected one of " + Arrays.toString(all).toLowerCase(Locale.ROOT));
    }
}
