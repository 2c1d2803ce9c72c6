/**
 * The ExCache, LegoOS's pcache (managers/processor/pcache in the original): part of the processor node's memory, used as a
 * software-managed, virtually indexed cache of 4 KiB lines for memory that memory nodes own. Page tables in guest memory stand for
 * the tags: a present entry maps a line.
 *
 * <pre>
 *   fault ── LineFiller ── LineAllocator ── EvictionPolicy      which line goes: LRU (swept), FIFO, Random
 *               │               └────────── EvictionMechanism   how it goes: write-protect, per-set list, victim cache
 *               ├── zeros             a page that was never touched (p-local: no message)
 *               ├── victim cache      a page that has just left
 *               └── LineMessages      its home; a dirty line that must go to the same node travels along
 *   map calls ── MapEdits             drop, protect, move, clean the pages of a range
 * </pre>
 *
 * Differences from the original: the Dirty bit alone decides what is flushed, so a zero page that was only read becomes untouched
 * again; a page being filled is marked in its entry (BUSY), so that threads of a process never fill it twice; evictions keep out
 * of ranges that a call is changing (PcacheSpace); protections are real; FIFO, Random and the victim cache work; the
 * write-protect mechanism and the victim cache do not piggyback, because their page stays mapped, or is sent later.
 */
package org.legoos.managers.processor.pcache;
