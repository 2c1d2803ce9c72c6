package org.legoos.emulator.perftest;

import java.util.ArrayList;
import java.util.List;

/** What perftest's programs say of a test before it runs, in their form (25.01). */
public final class PerfBanner {
    private final List<String> lines = new ArrayList<>();

    /** @param test such as "Send Latency"; @param sleeps whether the test runs with events */
    public PerfBanner(String test, boolean sleeps, int queuePairs, String service, boolean mayReorder) {
        lines.add(PerfFormat.RULE);
        lines.add(" ".repeat(20) + test + " Test");
        if (sleeps) {
            lines.add(" Test with events. Using mlx4_0_comp0");
        }
        lines.add(" Dual-port       : OFF\t\tDevice         : mlx4_0");
        lines.add(" Number of qps   : " + queuePairs + "\t\tTransport type : IB");
        lines.add(" Connection type : " + service + "\t\tUsing SRQ      : OFF");
        lines.add(" PCIe relax order: " + (mayReorder ? "ON" : "OFF") + "\t\tLock-free      : OFF");
        lines.add(" ibv_wr* API     : OFF\t\tUsing DDP      : OFF");
    }

    /** One more line: name and value. */
    public PerfBanner with(String name, Object value) {
        lines.add(String.format(" %-16s: %s", name, value));
        return this;
    }

    public PerfBanner withMtu(int mtuBytes, String link) {
        return with("Mtu", mtuBytes + "[B]").with("Link type", link);
    }

    /** @param exchange how the two ends told each other their addresses */
    public String end(String exchange) {
        lines.add(" rdma_cm QPs\t : OFF");
        lines.add(" Data ex. method : " + exchange);
        lines.add(PerfFormat.RULE);
        return String.join("\n", lines);
    }
}
