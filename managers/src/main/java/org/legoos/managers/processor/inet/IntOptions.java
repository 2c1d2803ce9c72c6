package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;

/** Socket options that are a number within bounds. Any thread; single values, no lock. */
final class IntOptions {
    /**
     * An option.
     *
     * @param fallback its value at first
     */
    record Known(int name, int fallback, int min, int max) {
        static Known flag(int name) {
            return new Known(name, 0, 0, 1);
        }
    }

    private final Known[] known;
    private final int[] values;

    IntOptions(Known... known) {
        this.known = known;
        this.values = new int[known.length];
        for (int i = 0; i < known.length; i++) {
            values[i] = known[i].fallback();
        }
    }

    private int index(int name) {
        for (int i = 0; i < known.length; i++) {
            if (known[i].name() == name) {
                return i;
            }
        }
        return -1;
    }

    boolean has(int name) {
        return index(name) >= 0;
    }

    int get(int name) {
        return values[index(name)];
    }

    boolean isOn(int name) {
        return get(name) != 0;
    }

    void put(int name, int value) {
        values[index(name)] = value;
    }

    /** What setsockopt does: any number switches a flag. @return 0, -EINVAL, -ENOPROTOOPT */
    int set(int name, int value) {
        int i = index(name);
        if (i < 0) {
            return -Errno.ENOPROTOOPT;
        }
        boolean isFlag = known[i].min() == 0 && known[i].max() == 1;
        int number = isFlag && value != 0 ? 1 : value;
        if (number < known[i].min() || number > known[i].max()) {
            return -Errno.EINVAL;
        }
        values[i] = number;
        return 0;
    }

    void copyFrom(IntOptions other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
    }

    /** A number as options are given: an int, or one byte where Linux takes that (the IP level). */
    static int number(byte[] value, int lengthBytes) {
        return lengthBytes >= Integer.BYTES ? Le.getInt(value, 0) : value[0] & 0xff;
    }
}
