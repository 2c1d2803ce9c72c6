package org.legoos.managers.processor.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A program that loads, stores and changes its map at random, and a model of what it must see: a flat map of pages. */
final class RandomProgram {
    private static final long PAGE = 4096;
    private static final int WORDS = 4;
    private static final int RW = Linux.PROT_READ | Linux.PROT_WRITE;
    private static final int ANONYMOUS = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;

    /** A page: a few of its words, the others are zero. */
    private record Page(int prot, long[] words) {}

    private final Random random;
    private final AddressSpace space;
    private final TlbModel core;
    private final UserMemory kernelAccess;
    private final int maxPages;
    /** Whether no other program uses the address space: then what lies beside its own pages may be touched too. */
    private final boolean isAlone;
    private final TreeMap<Long, Page> model = new TreeMap<>();
    private final String name;
    private Long[] pages = {}; // about the keys of the model
    private int step;

    RandomProgram(String name, long seed, AddressSpace space, TlbModel core, int maxPages) {
        this(name, seed, space, core, maxPages, true);
    }

    RandomProgram(String name, long seed, AddressSpace space, TlbModel core, int maxPages, boolean isAlone) {
        this.isAlone = isAlone;
        this.name = name + " seed " + seed;
        this.random = new Random(seed);
        this.space = space;
        this.core = core;
        this.kernelAccess = space.newUserMemory();
        this.maxPages = maxPages;
        map(maxPages / 2);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++, step++) {
            int what = random.nextInt(1000);
            if (what < 900) {
                access();
            } else if (what < 925) {
                map(1 + random.nextInt(64));
            } else if (what < 945) {
                unmap();
            } else if (what < 965) {
                remap();
            } else if (what < 985) {
                protect();
            } else {
                discard();
            }
        }
    }

    /** Compares every page with the model. */
    void checkAll() {
        for (long va : new ArrayList<>(model.keySet())) {
            for (int word = 0; word < WORDS; word++) {
                load(va, word);
            }
        }
    }

    private String at(long va) {
        return name + " step " + step + " va 0x" + Long.toHexString(va);
    }

    private long anyPage() {
        if (model.isEmpty()) {
            map(8);
        }
        if (pages.length != model.size() || step % 64 == 0) {
            pages = model.keySet().toArray(Long[]::new);
        }
        long page = pages[random.nextInt(pages.length)];
        // Mostly pages that are mapped, sometimes what lies beside one.
        return page + (isAlone && random.nextInt(20) == 0 ? PAGE * (random.nextInt(5) - 2) : 0);
    }

    /** As many pages as asked for, but none of another program's. */
    private int ownPages(long va, int wanted) {
        int pages = wanted;
        if (!isAlone) {
            pages = 1;
            while (pages < wanted && model.containsKey(va + pages * PAGE)) {
                pages++;
            }
        }
        return pages;
    }

    private long wordVa(long va, int word) {
        return va + word * 1024L + 8;
    }

    private void access() {
        long va = anyPage();
        int word = random.nextInt(WORDS);
        if (random.nextInt(10) < 6) {
            load(va, word);
        } else {
            store(va, word);
        }
    }

    private void load(long va, int word) {
        Page page = model.get(va);
        boolean byKernel = random.nextInt(8) == 0;
        Long got;
        if (byKernel) {
            long value = kernelAccess.getLong(wordVa(va, word));
            got = kernelAccess.faulted() ? null : value;
        } else {
            got = core.load(wordVa(va, word));
        }
        if (page == null || page.prot == 0) {
            assertThat(got).as(at(va)).isNull();
            if (!byKernel) {
                assertThat(core.fault).as(at(va)).isEqualTo(page == null ? AddressSpace.FAULT_MAPERR : AddressSpace.FAULT_ACCERR);
            }
        } else {
            assertThat(got).as(at(va) + " fault " + core.fault).isEqualTo(page.words[word]);
        }
    }

    private void store(long va, int word) {
        Page page = model.get(va);
        long value = random.nextLong();
        boolean byKernel = random.nextInt(8) == 0;
        boolean done = byKernel ? kernelAccess.putLong(wordVa(va, word), value) : core.store(wordVa(va, word), value);
        boolean expected = page != null && (page.prot & Linux.PROT_WRITE) != 0;
        assertThat(done).as(at(va)).isEqualTo(expected);
        if (expected) {
            page.words[word] = value;
        } else if (!byKernel) {
            assertThat(core.fault).as(at(va)).isEqualTo(page == null ? AddressSpace.FAULT_MAPERR : AddressSpace.FAULT_ACCERR);
        }
    }

    private void map(int wanted) {
        int pages = wanted;
        if (model.size() + pages > maxPages) {
            return;
        }
        boolean fixed = !model.isEmpty() && random.nextInt(4) == 0;
        long hint = fixed ? anyPage() : 0;
        pages = fixed ? ownPages(hint, pages) : pages;
        long va = space.mmap(hint, pages * PAGE, RW, ANONYMOUS | (fixed ? Linux.MAP_FIXED : 0), null, 0);
        assertThat(va).as(at(hint)).isPositive();
        for (int i = 0; i < pages; i++) {
            model.put(va + i * PAGE, new Page(RW, new long[WORDS]));
        }
    }

    private void unmap() {
        long va = anyPage();
        int pages = ownPages(va, 1 + random.nextInt(48));
        assertThat(space.munmap(va, pages * PAGE)).as(at(va)).isZero();
        model.subMap(va, va + pages * PAGE).clear();
    }

    private void remap() {
        long va = anyPage();
        int oldPages = ownPages(va, 1 + random.nextInt(40));
        int newPages = 1 + random.nextInt(60);
        boolean fixed = isAlone && random.nextInt(3) == 0;
        // A place of another set offset, so that lines must move between sets.
        long target = 0x2000_0000_0000L + random.nextInt(512) * PAGE;
        int flags = 1 | (fixed ? Linux.MREMAP_FIXED : 0);
        long to = space.mremap(va, oldPages * PAGE, newPages * PAGE, flags, fixed ? target : 0);
        if (to < 0) {
            return; // crosses a range or a hole
        }
        Page first = model.get(va);
        List<Page> moved = new ArrayList<>(model.subMap(va, va + Math.min(oldPages, newPages) * PAGE).values());
        model.subMap(va, va + oldPages * PAGE).clear();
        if (to != va) {
            model.subMap(to, to + newPages * PAGE).clear();
        }
        for (int i = 0; i < newPages; i++) {
            model.put(to + i * PAGE, i < moved.size() ? moved.get(i) : new Page(first.prot, new long[WORDS]));
        }
    }

    private void protect() {
        long va = anyPage();
        int pages = ownPages(va, 1 + random.nextInt(24));
        int prot = new int[] {0, Linux.PROT_READ, RW, RW, RW}[random.nextInt(5)];
        space.mprotect(va, pages * PAGE, prot);
        for (int i = 0; i < pages; i++) {
            Page page = model.get(va + i * PAGE);
            if (page == null) {
                return; // stops at the first hole, as on Linux
            }
            model.put(va + i * PAGE, new Page(prot, page.words));
        }
    }

    private void discard() {
        long va = anyPage();
        int pages = ownPages(va, 1 + random.nextInt(16));
        space.madvise(va, pages * PAGE, Linux.MADV_DONTNEED);
        for (Page page : model.subMap(va, va + pages * PAGE).values()) {
            java.util.Arrays.fill(page.words, 0);
        }
    }
}
