package org.legoos.managers.memory.loader;

import java.util.List;
import java.util.Set;
import org.legoos.elf.ElfLoader;
import org.legoos.elf.LoadError;
import org.legoos.elf.LoadPlan;
import org.legoos.elf.Loaded;
import org.legoos.elf.StackImage;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.memory.vm.MapCalls;
import org.legoos.managers.memory.vm.MappedFile;
import org.legoos.managers.memory.vm.MmStruct;
import org.legoos.managers.memory.vm.Vma;
import org.legoos.managers.memory.vm.VmFlags;

/** Makes an address space from a program file (managers/memory/loader in the original; Linux fs/binfmt_elf.c). */
public final class ProgramLoader {
    /** Linux makes the stack's range this much larger than the strings on it. */
    private static final long STACK_EXPAND_BYTES = 128 * 1024;
    /** Linux: up to 16 GiB (stack_maxrandom_size) and 2^28 pages (mmap_rnd_bits). */
    private static final long STACK_RANDOM_PAGES = 0x3fffff;

    private static final long MMAP_RANDOM_PAGES = 0xfffffff;
    private static final int PRIVATE_ANONYMOUS = VmFlags.MAP_PRIVATE | VmFlags.MAP_ANONYMOUS;

    /**
     * What to run.
     *
     * @param interpreter the file that PT_INTERP names, null when the caller found none
     * @param random 16 bytes for AT_RANDOM; the layout is drawn from them when randomize is set
     */
    public record Program(
            MappedFile file,
            MappedFile interpreter,
            byte[] execfn,
            List<byte[]> argv,
            List<byte[]> envp,
            StackImage.Identity identity,
            Set<String> cpuFlags,
            long stackLimitBytes,
            boolean randomize,
            byte[] random,
            long layoutSeed) {}

    /** What came of it: either mm, first instruction and stack, or a negative errno with a reason (maybe empty). */
    public record Result(MmStruct mm, long startVa, StackImage stack, int errno, String reason) {
        static Result failed(int errno, String reason) {
            return new Result(null, 0, null, errno, reason);
        }
    }

    private final PhysicalMemory memory;
    private final UserFrames frames;
    private final long zeroPagePa;

    public ProgramLoader(PhysicalMemory memory, UserFrames frames, long zeroPagePa) {
        this.memory = memory;
        this.frames = frames;
        this.zeroPagePa = zeroPagePa;
    }

    public Result load(Program program) {
        long stackRandom = 0;
        long mmapRandom = 0;
        if (program.randomize()) {
            stackRandom = (mix(program.layoutSeed(), 1) & STACK_RANDOM_PAGES) * VmFlags.PAGE_SIZE;
            mmapRandom = (mix(program.layoutSeed(), 2) & MMAP_RANDOM_PAGES) * VmFlags.PAGE_SIZE;
        }
        ElfLoader.Options options =
                new ElfLoader.Options(program.cpuFlags(), program.randomize(), mix(program.layoutSeed(), 3));
        Loaded loaded = ElfLoader.plan(new FileBytes(memory, program.file()), options);
        if (loaded instanceof LoadError error) {
            return Result.failed(-error.errno(), error.message());
        }
        LoadPlan plan = (LoadPlan) loaded;
        LoadPlan interpreter = null;
        if (!plan.interpreterPath().isEmpty()) {
            Loaded second = interpreter(program, options);
            if (second instanceof LoadError error) {
                return Result.failed(-error.errno(), error.message());
            }
            interpreter = (LoadPlan) second;
        }
        long topVa = VmFlags.TASK_SIZE - stackRandom;
        // What Linux adds to the gap below the stack when it randomises the stack's top.
        MmStruct.Layout layout = new MmStruct.Layout(topVa, program.stackLimitBytes(), mmapRandom + stackRandom);
        MmStruct mm = MmStruct.create(memory, frames, zeroPagePa, layout);
        if (mm == null) {
            return noMemory();
        }
        Result result = frames.hasTooManyRanges() ? noMemory() : fill(mm, program, plan, interpreter, topVa);
        if (result.errno() != 0) {
            mm.destroy();
        }
        return result;
    }

    private Loaded interpreter(Program program, ElfLoader.Options options) {
        return program.interpreter() == null
                ? new LoadError.BadInterpreter(new LoadError.NotElf())
                : ElfLoader.planInterpreter(new FileBytes(memory, program.interpreter()), options);
    }

    /** Maps the program, its interpreter (or null) where mmap would, and the stack. */
    private Result fill(MmStruct mm, Program program, LoadPlan plan, LoadPlan unplaced, long topVa) {
        long gap = program.randomize() ? mix(program.layoutSeed(), 4) : 0;
        LoadPlan interpreter = unplaced;
        if (!map(mm, plan, program.file())) {
            return noMemory();
        }
        if (unplaced != null && unplaced.alignBytes() != 0) {
            long va = MapCalls.findPlace(mm, unplaced.spanBytes(), unplaced.alignBytes());
            if (va == 0) {
                return noMemory();
            }
            interpreter = unplaced.movedBy(va - unplaced.segments().getFirst().startVa());
        }
        if (interpreter != null && !map(mm, interpreter, program.interpreter())) {
            return noMemory();
        }
        StackImage stack = StackImage.build(
                plan,
                program.execfn(),
                program.argv(),
                program.envp(),
                program.identity(),
                new StackImage.Place(
                        topVa,
                        program.stackLimitBytes(),
                        program.random(),
                        gap,
                        interpreter == null ? 0 : interpreter.loadBias()));
        if (stack == null) {
            return Result.failed(-Errno.E2BIG, "");
        }
        if (!mapStack(mm, plan, stack, topVa)) {
            return noMemory();
        }
        mm.setBrkStart(Math.min(plan.brkStartVa(), VmFlags.TASK_SIZE));
        return new Result(mm, interpreter == null ? plan.entryVa() : interpreter.entryVa(), stack, 0, "");
    }

    private static Result noMemory() {
        return Result.failed(-Errno.ENOMEM, "the memory node has no room for it");
    }

    /** A well-mixed number from a seed (splitmix64), so that AT_RANDOM does not give the layout away. */
    private static long mix(long seed, int stream) {
        long z = seed + stream * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private boolean map(MmStruct mm, LoadPlan plan, MappedFile file) {
        for (LoadPlan.Segment s : plan.segments()) {
            if (s.fileSizeBytes() > 0) {
                MapCalls.mapFixed(mm, new Vma(
                        s.startVa(), s.fileEndVa(), s.prot(), VmFlags.MAP_PRIVATE, file, s.startOffset(), null));
            }
            if (s.endVa() > s.fileEndVa()) {
                MapCalls.mapFixed(mm, new Vma(s.fileEndVa(), s.endVa(), s.prot(), PRIVATE_ANONYMOUS, null, 0, null));
            }
            boolean isWritable = (s.prot() & LoadPlan.PROT_WRITE) != 0;
            if (s.memSizeBytes() > s.fileSizeBytes() && s.fileSizeBytes() > 0 && isWritable && !zeroTail(mm, s)) {
                return false;
            }
        }
        return true;
    }

    /** The last page of a segment's file part, with zeros where the bss begins. */
    private boolean zeroTail(MmStruct mm, LoadPlan.Segment s) {
        long fileEnd = s.va() + s.fileSizeBytes();
        int inPage = (int) (fileEnd % VmFlags.PAGE_SIZE);
        if (inPage == 0) {
            return true;
        }
        long page = mm.missPage(fileEnd, org.legoos.managers.rpc.PcacheMiss.ACCESS_WRITE, true);
        if (page < 0) {
            return false;
        }
        memory.zero(page + inPage, VmFlags.PAGE_SIZE - inPage);
        return true;
    }

    private boolean mapStack(MmStruct mm, LoadPlan plan, StackImage stack, long topVa) {
        int prot = VmFlags.PROT_READ | VmFlags.PROT_WRITE | (plan.isStackExecutable() ? VmFlags.PROT_EXEC : 0);
        long startVa = (stack.stackPointerVa() & -VmFlags.PAGE_SIZE) - STACK_EXPAND_BYTES;
        MapCalls.mapFixed(
                mm, new Vma(startVa, topVa, prot, PRIVATE_ANONYMOUS | VmFlags.MAP_GROWSDOWN, null, 0, "[stack]"));
        int done = 0;
        while (done < stack.bytes().length) {
            long va = stack.stackPointerVa() + done;
            int inPage = (int) (va % VmFlags.PAGE_SIZE);
            int piece = (int) Math.min(VmFlags.PAGE_SIZE - inPage, stack.bytes().length - done);
            long page = mm.ensurePage(va);
            if (page == 0) {
                return false;
            }
            memory.write(page + inPage, stack.bytes(), done, piece);
            done += piece;
        }
        return true;
    }
}
