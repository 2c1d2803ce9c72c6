package org.legoos.managers.processor.core;

/** What a process has used, as rusage(2) counts it. */
public final class Usage {
    public long cpuNs;
    public long systemNs;
    public long maxResidentBytes;

    public Usage copy() {
        Usage copy = new Usage();
        copy.add(this);
        return copy;
    }

    void add(Usage other) {
        cpuNs += other.cpuNs;
        systemNs += other.systemNs;
        maxResidentBytes = Math.max(maxResidentBytes, other.maxResidentBytes);
    }

    public long userNs() {
        return cpuNs - systemNs;
    }
}
