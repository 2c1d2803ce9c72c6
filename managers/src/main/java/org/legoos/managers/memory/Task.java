package org.legoos.managers.memory;

import org.legoos.managers.memory.vm.MmStruct;

/**
 * A process as its home node knows it: an address space of a processor node (see ProcessRequest for what pid
 * means).
 */
public record Task(int node, int pid, MmStruct mm) {}
