package org.legoos.kernel.seccomp;

/**
 * The filters of a thread: the newest, and those that it was added to. A child shares its parent's; nothing is ever taken out.
 *
 * @param program the newest filter
 * @param older the others; null for none
 * @param count how many there are
 * @param weight instructions of all, with four for each filter, which Linux bounds
 * @param logs whether actions of the newest but ALLOW are to be logged (SECCOMP_FILTER_FLAG_LOG)
 */
public record FilterChain(BpfProgram program, FilterChain older, int count, int weight, boolean logs) {
    /** MAX_INSNS_PER_PATH of Linux's kernel/seccomp.c. */
    private static final int WEIGHT_MAX = 32768;

    private static final int WEIGHT_OF_A_FILTER = 4;

    /** @return the longer chain, or null when it would be too long (ENOMEM) */
    public static FilterChain add(BpfProgram program, FilterChain older, boolean logs) {
        int weight = program.length() + (older == null ? 0 : older.weight + WEIGHT_OF_A_FILTER);
        return weight > WEIGHT_MAX ? null : new FilterChain(program, older, older == null ? 1 : older.count + 1, weight, logs);
    }

    /** Whether the other chain is a part of this one, its oldest: null is. */
    public static boolean isBegunBy(FilterChain chain, FilterChain ancestor) {
        FilterChain at = chain;
        while (at != null && at != ancestor) {
            at = at.older;
        }
        return at == ancestor;
    }

    /** All filters are asked; the action that comes first in {@link SeccompAction}'s order counts. */
    public int evaluate(int[] data) {
        int result = SeccompAction.ALLOW;
        for (FilterChain at = this; at != null; at = at.older) {
            int one = at.program.run(data);
            if ((one & SeccompAction.MASK) < (result & SeccompAction.MASK)) { // signed, as in Linux
                result = one;
            }
        }
        return result;
    }
}
