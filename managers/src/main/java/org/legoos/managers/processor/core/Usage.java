package org.legoos.managers.processor.core;

import org.legoos.managers.processor.mm.AddressSpace;

/** What a process has used, as rusage(2) counts it. */
public final class Usage {
    public long cpuNs;
    public long systemNs;
    public long maxResidentBytes;
    public long minorFaults;
    public long majorFaults;

    /** Context switches: sleeps, and turns that were taken away. */
    public long voluntary;

    public long involuntary;

    public final IoCounts io = new IoCounts();

    public Usage copy() {
        Usage copy = new Usage();
        copy.add(this);
        return copy;
    }

    public void add(Usage other) {
        cpuNs += other.cpuNs;
        systemNs += other.systemNs;
        minorFaults += other.minorFaults;
        majorFaults += other.majorFaults;
        voluntary += other.voluntary;
        involuntary += other.involuntary;
        io.add(other.io);
        maxResidentBytes = Math.max(maxResidentBytes, other.maxResidentBytes);
    }

    /** Adds what one thread has used of the core. */
    void addSwitches(UserThread thread) {
        voluntary += thread.sleeps();
        involuntary += thread.cpu().preemptions();
        io.add(thread.times().io());
    }

    /** Adds the faults of an address space; null for none. */
    void addFaults(AddressSpace space) {
        if (space != null) {
            minorFaults += space.pages().minorFaults();
            majorFaults += space.pages().majorFaults();
        }
    }

    public long userNs() {
        return cpuNs - systemNs;
    }
}
