package org.legoos.mlx4.sa;

import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.RecordLayout;

/** A component and the one that says how to compare with it: MTU, rate, life time (IBA 15.2.5.16). */
public final class Selector {
    private static final int GREATER = 0;
    private static final int LESS = 1;
    private static final int EXACTLY = 2;
    // 3: the largest available, which is what there is

    private final Component selector;
    private final Component value;

    private Selector(Component selector, Component value) {
        this.selector = selector;
        this.value = value;
    }

    public static Selector of(RecordLayout layout, String name) {
        return new Selector(layout.component(name + "Selector"), layout.component(name));
    }

    /** Does the query at {@code at} let through {@code has}? Without both components it lets all through. */
    public boolean allows(byte[] query, int at, long mask, int has) {
        return compare(query, at, mask, has, value.getInt(query, at));
    }

    /** As {@link #allows} for rates, whose codes are not in the order of what they mean. */
    public boolean allowsRate(byte[] query, int at, long mask, int hasMbps) {
        return compare(query, at, mask, hasMbps, RateCode.toMbps(value.getInt(query, at)));
    }

    private boolean compare(byte[] query, int at, long mask, int has, int wanted) {
        if (!selector.isIn(mask) || !value.isIn(mask)) {
            return true;
        }
        return switch (selector.getInt(query, at)) {
            case GREATER -> has > wanted;
            case LESS -> has < wanted;
            case EXACTLY -> has == wanted;
            default -> true;
        };
    }

    public boolean isAsked(long mask) {
        return selector.isIn(mask) && value.isIn(mask);
    }

    /** Is an exact value asked for? */
    public boolean isExact(byte[] query, int at) {
        return selector.getInt(query, at) == EXACTLY;
    }

    public int value(byte[] query, int at) {
        return value.getInt(query, at);
    }

    public void setExactly(byte[] record, int is) {
        selector.set(record, 0, EXACTLY);
        value.set(record, 0, is);
    }
}
