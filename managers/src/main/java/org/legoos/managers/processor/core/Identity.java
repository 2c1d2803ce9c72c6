package org.legoos.managers.processor.core;

/** What the kernel calls itself to programs. */
public final class Identity {
    public static final String SYSNAME = "Linux";
    public static final String RELEASE = "4.0.0-lego";
    public static final String VERSION = "#1 SMP LegoOS";
    public static final String MACHINE = "x86_64";
    public static final String DOMAIN = "(none)";

    private Identity() {}

    /** /proc/version. */
    public static String versionLine() {
        return SYSNAME + " version " + RELEASE + " (lego@processor) (gcc) " + VERSION;
    }
}
