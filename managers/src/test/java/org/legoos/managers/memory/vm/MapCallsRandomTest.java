package org.legoos.managers.memory.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.managers.memory.UserFrames;

/** Random calls on an address space against a model that knows every page by itself. */
class MapCallsRandomTest {
    private static final long PAGE = 4096;
    private static final long ARENA = 0x10_0000_0000L;
    private static final int ARENA_PAGES = 96;
    private static final int RW = VmFlags.PROT_READ | VmFlags.PROT_WRITE;
    private static final int ANON = VmFlags.MAP_PRIVATE | VmFlags.MAP_ANONYMOUS;
    private static final int[] PROTS = {0, 1, 3, 5, 7, 2};

    /** One mapped page of the model. */
    private static final class Page {
        int prot;
        int tag;

        Page(int prot, int tag) {
            this.prot = prot;
            this.tag = tag;
        }
    }

    private final PhysicalMemory memory = PhysicalMemory.ofSize(64 << 20);
    private final UserFrames frames = new UserFrames(new FrameAllocator(memory, PAGE, (64 << 20) - PAGE));
    private final TreeMap<Long, Page> model = new TreeMap<>();
    private long seed;
    private Random random;
    private MmStruct mm;
    private long heapStart;
    private long heapEnd;
    private int nextTag = 1;

    @Test
    void agreesWithAMapOfPages() {
        seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("MapCallsRandomTest seed " + seed);
        random = new Random(seed);
        for (int run = 0; run < 12; run++) {
            model.clear();
            long zeroPa = frames.allocFrame();
            mm = MmStruct.create(memory, frames, zeroPa, new MmStruct.Layout(0x7ffffffff000L, 8 << 20, 0));
            heapStart = heapEnd = 0x60_0000L;
            mm.setBrkStart(heapStart);
            for (int step = 0; step < 500; step++) {
                String what = step();
                check("seed " + seed + " run " + run + " step " + step + ": " + what);
            }
            mm.destroy();
            frames.freeFrame(zeroPa);
            assertThat(frames.usedBytes()).as("all memory is back").isZero();
        }
        memory.close();
    }

    private String step() {
        int pages = 1 + random.nextInt(8);
        long va = ARENA + random.nextInt(ARENA_PAGES - 8) * PAGE;
        return switch (random.nextInt(12)) {
            case 0, 1 -> mapFixed(va, pages);
            case 2 -> mapAnywhere(pages);
            case 3 -> mapNoReplace(va, pages);
            case 4 -> unmap(pickStart(va), pages);
            case 5, 6 -> protect(pickStart(va), pages);
            case 7 -> remap(pickStart(va), pages);
            case 8 -> breakTo(pages);
            case 9 -> dontNeed(pickStart(va), pages);
            default -> write();
        };
    }

    /** Mostly a mapped page, to have something happen. */
    private long pickStart(long otherwise) {
        if (model.isEmpty() || random.nextInt(8) == 0) {
            return otherwise;
        }
        Long key = model.ceilingKey(ARENA + random.nextInt(ARENA_PAGES) * PAGE);
        return key == null ? model.firstKey() : key;
    }

    private void modelMap(long va, int pages, int prot) {
        for (int i = 0; i < pages; i++) {
            model.put(va + i * PAGE, new Page(prot, 0));
        }
    }

    private boolean isFree(long va, int pages) {
        return model.subMap(va, va + pages * PAGE).isEmpty();
    }

    private boolean isCovered(long va, int pages) {
        return model.subMap(va, va + pages * PAGE).size() == pages;
    }

    private String mapFixed(long va, int pages) {
        int prot = PROTS[random.nextInt(PROTS.length)];
        long got = MapCalls.mmap(mm, va, pages * PAGE - random.nextInt(100), prot, ANON | VmFlags.MAP_FIXED, null, 0);
        assertThat(got).isEqualTo(va);
        modelMap(va, pages, prot);
        return "mmap fixed";
    }

    private long highestFree(int pages) {
        long va = mm.mmapBaseVa - pages * PAGE;
        while (!isFree(va, pages)) {
            va -= PAGE;
        }
        return va;
    }

    private String mapAnywhere(int pages) {
        long got = MapCalls.mmap(mm, 0, pages * PAGE, RW, ANON, null, 0);
        assertThat(got).as("seed %d: the highest free place", seed).isEqualTo(highestFree(pages));
        modelMap(got, pages, RW);
        return "mmap anywhere";
    }

    private String mapNoReplace(long va, int pages) {
        long got = MapCalls.mmap(mm, va, pages * PAGE, RW, ANON | VmFlags.MAP_FIXED_NOREPLACE, null, 0);
        if (isFree(va, pages)) {
            assertThat(got).isEqualTo(va);
            modelMap(va, pages, RW);
        } else {
            assertThat(got).isEqualTo(-17);
        }
        return "mmap noreplace";
    }

    private String unmap(long va, int pages) {
        assertThat(MapCalls.munmap(mm, va, pages * PAGE)).isZero();
        model.subMap(va, va + pages * PAGE).clear();
        return "munmap";
    }

    private String protect(long va, int pages) {
        int prot = PROTS[random.nextInt(PROTS.length)];
        long got = MapCalls.mprotect(mm, va, pages * PAGE, prot);
        assertThat(got).isEqualTo(isCovered(va, pages) ? 0 : -12);
        for (int i = 0; i < pages && model.containsKey(va + i * PAGE); i++) {
            model.get(va + i * PAGE).prot = prot;
        }
        return "mprotect";
    }

    private String remap(long va, int oldPages) {
        int newPages = 1 + random.nextInt(10);
        long got = Mremap.mremap(mm, va, oldPages * PAGE, newPages * PAGE, VmFlags.MREMAP_MAYMOVE, 0);
        Vma vma = mm.vmas.find(got < 0 ? va : got);
        if (got < 0) {
            assertThat(got).isEqualTo(-14);
            assertThat(vma == null || vma.endVa() < va + oldPages * PAGE).as("not one range").isTrue();
            return "mremap refused";
        }
        assertThat(isCovered(va, oldPages)).isTrue();
        TreeMap<Long, Page> content = new TreeMap<>();
        for (int i = 0; i < Math.min(oldPages, newPages); i++) {
            content.put(got + i * PAGE, model.get(va + i * PAGE));
        }
        int prot = model.get(va).prot;
        if (got != va) {
            assertThat(got).as("moved to the highest free place").isEqualTo(highestFree(newPages));
        }
        model.subMap(va, va + oldPages * PAGE).clear();
        assertThat(isFree(got, newPages)).as("target was free").isTrue();
        modelMap(got, newPages, prot);
        model.putAll(content);
        return "mremap";
    }

    private String breakTo(int pages) {
        long to = heapStart + random.nextInt(20) * PAGE + random.nextInt(4096);
        long got = MapCalls.brk(mm, to);
        assertThat(got).isEqualTo(to);
        long newEnd = to + PAGE - 1 & -PAGE;
        for (long va = heapEnd; va < newEnd; va += PAGE) {
            model.put(va, new Page(RW, 0));
        }
        model.subMap(newEnd, Math.max(newEnd, heapEnd)).clear();
        heapEnd = newEnd;
        assertThat(MapCalls.brk(mm, 0)).isEqualTo(to);
        return "brk " + pages;
    }

    private String dontNeed(long va, int pages) {
        long got = MapCalls.madvise(mm, va, pages * PAGE, VmFlags.MADV_DONTNEED);
        assertThat(got).isEqualTo(isCovered(va, pages) ? 0 : -12);
        model.subMap(va, va + pages * PAGE).values().forEach(page -> page.tag = 0);
        return "madvise";
    }

    private String write() {
        if (model.isEmpty()) {
            return "nothing";
        }
        long va = pickStart(model.firstKey());
        long pa = mm.flushPage(va, true);
        Page page = model.get(va);
        if (page == null) {
            assertThat(pa).isEqualTo(-14);
        } else {
            page.tag = nextTag++;
            memory.putInt(pa, page.tag);
        }
        return "write";
    }

    /** Plain comparisons: this runs for every page after every step. */
    private void check(String what) {
        long pages = 0;
        long lastEnd = 0;
        for (int i = 0; i < mm.vmas.count(); i++) {
            Vma vma = mm.vmas.get(i);
            require(vma.startVa() >= lastEnd, what, "ranges out of order");
            require(i == 0 || !mm.vmas.get(i - 1).continuesInto(vma), what, "neighbours not joined");
            for (long va = vma.startVa(); va < vma.endVa(); va += PAGE) {
                Page page = model.get(va);
                require(page != null && page.prot == vma.prot(), what, "page of a range");
                pages++;
            }
            lastEnd = vma.endVa();
        }
        require(pages == model.size() && mm.vmas.mappedBytes() == pages * PAGE, what, "number of pages");
        long resident = 0;
        for (Map.Entry<Long, Page> entry : model.entrySet()) {
            Page page = entry.getValue();
            long pa = mm.missPage(entry.getKey() + 5, 0, true);
            require(page.prot == 0 ? pa == -14 : pa > 0 && memory.getInt(pa) == page.tag, what, "content");
            resident += page.tag != 0 ? 1 : 0;
        }
        require(mm.residentPages() == resident, what, "resident pages");
    }

    private static void require(boolean holds, String step, String what) {
        if (!holds) {
            throw new AssertionError(what + " after " + step);
        }
    }
}
