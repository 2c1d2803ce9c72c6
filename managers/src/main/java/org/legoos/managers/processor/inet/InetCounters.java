package org.legoos.managers.processor.inet;

import java.util.concurrent.atomic.LongAdder;

/** What /proc/net/dev and /proc/net/snmp count. Thread-safe. */
public final class InetCounters {
    /** One interface's traffic. */
    public static final class Traffic {
        public final LongAdder receivedBytes = new LongAdder();
        public final LongAdder receivedPackets = new LongAdder();
        public final LongAdder sentBytes = new LongAdder();
        public final LongAdder sentPackets = new LongAdder();

        void carried(long bytes) {
            receivedBytes.add(bytes);
            receivedPackets.increment();
            sentBytes.add(bytes);
            sentPackets.increment();
        }
    }

    public final Traffic loopback = new Traffic();
    public final Traffic ethernet = new Traffic();
    public final LongAdder activeOpens = new LongAdder();
    public final LongAdder passiveOpens = new LongAdder();
    public final LongAdder failedAttempts = new LongAdder();
    public final LongAdder datagramsDropped = new LongAdder();
}
