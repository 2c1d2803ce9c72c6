package org.legoos.kernel.syscall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flags or codes that one kind of argument takes: a paragraph of flags.tbl. */
public final class FlagKind {
    /**
     * One name.
     *
     * @param mask the bits that it stands in: its own, or those of its field
     * @param why what is missing; empty when it is done
     */
    public record Flag(String name, long mask, long value, String why) {
        boolean isDone() {
            return why.isEmpty();
        }

        boolean isIn(long arg) {
            return (arg & mask) == value;
        }
    }

    private final String name;
    private final boolean isCodes;
    private final String zero;
    private final List<Flag> flags;
    private final Map<String, Set<String>> only = new HashMap<>();
    private long numberMask;

    FlagKind(String name, boolean isCodes, String zero, List<Flag> flags) {
        this.name = name;
        this.isCodes = isCodes;
        this.zero = zero;
        this.flags = flags;
    }

    void only(String call, Set<String> names) {
        only.put(call, names);
    }

    /** Bits that hold any number, besides those that have names. */
    void number(long mask) {
        numberMask = mask;
    }

    public String name() {
        return name;
    }

    public List<Flag> flags() {
        return flags;
    }

    /** The names that a call knows of this kind: all, unless the table restricts it. */
    private boolean isKnownBy(String call, Flag flag) {
        Set<String> names = only.get(call);
        return names == null || names.contains(flag.name);
    }

    /** The argument as strace shows it. */
    public String describe(long arg) {
        if (isCodes) {
            return flags.stream().filter(flag -> flag.isIn(arg)).map(Flag::name).findFirst().orElse("0x" + Long.toHexString(arg));
        }
        if (arg == 0 && !zero.isEmpty()) {
            return zero;
        }
        StringBuilder text = new StringBuilder();
        long left = arg;
        for (Flag flag : flags) {
            if (flag.isIn(arg) && ((left & flag.mask) != 0 || flag.value == 0)) {
                left &= ~flag.mask;
                if (!flag.name.equals("none")) {
                    text.append(text.isEmpty() ? "" : "|").append(flag.name);
                }
            }
        }
        if ((left & numberMask) != 0) {
            text.append(text.isEmpty() ? "" : "|").append(left & numberMask);
            left &= ~numberMask;
        }
        if (left != 0) {
            text.append(text.isEmpty() ? "" : "|").append("0x").append(Long.toHexString(left));
        }
        return text.toString();
    }

    /** What of a call's argument is not declared done: its text, or "" when all is. */
    public String undeclared(String call, long arg) {
        if (isCodes) {
            boolean isDone = flags.stream().anyMatch(flag -> flag.isDone() && flag.isIn(arg) && isKnownBy(call, flag));
            return isDone ? "" : describe(arg);
        }
        long left = arg & ~numberMask;
        for (Flag flag : flags) {
            if (flag.isDone() && flag.isIn(arg) && isKnownBy(call, flag)) {
                left &= ~flag.mask;
            }
        }
        return left == 0 ? "" : describe(left);
    }
}
