package org.legoos.managers.processor.inet;

import java.util.Locale;

/** /proc/net/igmp and igmp6, in Linux's formats: the groups of all hosts, of which every interface is a member. */
final class GroupFiles {
    /** 224.0.0.1 as the kernel's number prints. */
    private static final int ALL_HOSTS = 0x010000e0;
    /** ff02::1 and ff01::1: all nodes of the link and of the interface, with the flags that Linux shows. */
    private static final String[] ALL_NODES = {"ff020000000000000000000000000001     1 0000000C 0", "ff010000000000000000000000000001     1 00000008 0"};

    private GroupFiles() {}

    static String igmp(Interfaces interfaces) {
        StringBuilder text = new StringBuilder("Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n");
        for (Interfaces.Interface link : interfaces.all()) {
            text.append(String.format(Locale.ROOT, "%d\t%-10s: %5d %7s\n", link.index(), link.name(), 1, "V3"));
            text.append(String.format(Locale.ROOT, "\t\t\t\t%08X %5d %d:%08X\t\t%d\n", ALL_HOSTS, 1, 0, 0, 0));
        }
        return text.toString();
    }

    static String igmp6(Interfaces interfaces) {
        StringBuilder text = new StringBuilder();
        for (Interfaces.Interface link : interfaces.all()) {
            for (String group : ALL_NODES) {
                text.append(String.format(Locale.ROOT, "%-4d %-15s %s\n", link.index(), link.name(), group));
            }
        }
        return text.toString();
    }
}
