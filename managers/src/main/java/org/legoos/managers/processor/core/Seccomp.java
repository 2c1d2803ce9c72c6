package org.legoos.managers.processor.core;

import org.legoos.kernel.seccomp.FilterChain;

/** Which system calls a thread may still make (seccomp(2)). Written by the thread, and by a sibling with SECCOMP_FILTER_FLAG_TSYNC. */
public final class Seccomp {
    public static final int MODE_DISABLED = 0;
    public static final int MODE_STRICT = 1;
    public static final int MODE_FILTER = 2;

    private volatile boolean isOn; // what the entry code looks at
    private volatile boolean isStrict;
    private volatile FilterChain filters;

    boolean isOn() {
        return isOn;
    }

    public int mode() {
        return isStrict ? MODE_STRICT : filters != null ? MODE_FILTER : MODE_DISABLED;
    }

    /** The filters, null for none. */
    public FilterChain filters() {
        return filters;
    }

    public void beStrict() {
        isStrict = true;
        isOn = true;
    }

    public void setFilters(FilterChain chain) {
        filters = chain;
        isOn = chain != null || isStrict;
    }

    /** What a new thread or process begins with. */
    void inherit(Seccomp parent) {
        isStrict = parent.isStrict;
        setFilters(parent.filters);
    }
}
