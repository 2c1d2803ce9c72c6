/**
 * Address spaces on the processor node: which ranges a process has and with what rights (the home memory node has the
 * authoritative map and all content), page faults, and the kernel's access to user memory. Every call that changes the map goes to
 * the home node first, and to the ExCache's pages after.
 *
 * <p>Locks: an address space's own (one map call at a time), then those of the ExCache. Faults take none of an address space.
 */
package org.legoos.managers.processor.mm;
