package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.legoos.isa.natives.DebianPackages;
import org.legoos.isa.natives.NativeLibraries;

/**
 * The functions of libunicorn. Pointers are passed as longs (no segment object a call). Handles are static final, so
 * that the JIT inlines them, and "critical" (no thread state change) except uc_emu_start, which calls back.
 */
final class Uc {
    /** Everything that is addressable, for reads and writes at pointers that the engine gave us. */
    static final MemorySegment NATIVE = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** 2.0 cannot translate addresses under paging. */
    private static final int VERSION_MIN = 0x020101;

    /** Older ones do not survive a full code buffer, so this is fetched even when the system has an older one. */
    private static final int VERSION_RECOMMENDED = 0x020104;

    static final SymbolLookup LIBRARY = load();

    private static final Linker.Option CRITICAL = Linker.Option.critical(false);

    private static final MethodHandle OPEN = bind("uc_open", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CLOSE = bind("uc_close", JAVA_LONG);
    private static final MethodHandle STOP = critical("uc_emu_stop", JAVA_LONG);
    private static final MethodHandle START =
            bind("uc_emu_start", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle REG_READ = critical("uc_reg_read", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle REG_WRITE = critical("uc_reg_write", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MAP_PTR =
            bind("uc_mem_map_ptr", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle HOOK_ADD = Linker.nativeLinker().downcallHandle(
            LIBRARY.findOrThrow("uc_hook_add"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_INT),
            Linker.Option.firstVariadicArg(7));
    private static final MethodHandle CTL = Linker.nativeLinker().downcallHandle(
            LIBRARY.findOrThrow("uc_ctl"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG),
            Linker.Option.firstVariadicArg(2), CRITICAL);
    private static final MethodHandle CONTEXT_ALLOC = critical("uc_context_alloc", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_SAVE = critical("uc_context_save", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_RESTORE = critical("uc_context_restore", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CONTEXT_SIZE = critical("uc_context_size", JAVA_LONG);
    private static final MethodHandle CONTEXT_REG_READ = critical("uc_context_reg_read", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CONTEXT_REG_WRITE = critical("uc_context_reg_write", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CONTEXT_FREE = critical("uc_context_free", JAVA_LONG);

    /** Drops one page's translation: an internal symbol that Debian's builds export; absent, all are dropped. */
    private static final MethodHandle TLB_FLUSH_PAGE = internal("tlb_flush_page_x86_64", JAVA_LONG, JAVA_LONG);
    /** Drops the code translated from a range of physical memory; absent, all code is dropped. */
    private static final MethodHandle TB_INVALIDATE =
            internal("tb_invalidate_phys_range_x86_64", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private Uc() {}

    private static SymbolLookup load() {
        try {
            return NativeLibraries.findOrFetch(wanted(VERSION_RECOMMENDED));
        } catch (UnsatisfiedLinkError e) {
            return NativeLibraries.findOrFetch(wanted(VERSION_MIN));
        }
    }

    private static NativeLibraries.Wanted wanted(int version) {
        return new NativeLibraries.Wanted(
                "unicorn 2.1.1 or newer", List.of("libunicorn.so.2"), "^libunicorn[0-9]",
                DebianPackages.newerSuites(), library -> version(library) >= version);
    }

    static boolean isRecommended() {
        return version(LIBRARY) >= VERSION_RECOMMENDED;
    }

    static String version() {
        int version = version(LIBRARY);
        return (version >> 16 & 0xff) + "." + (version >> 8 & 0xff) + "." + (version & 0xff);
    }

    /** Major, minor and patch number, a byte each. */
    private static int version(SymbolLookup library) {
        try {
            MethodHandle version = Linker.nativeLinker().downcallHandle(
                    library.findOrThrow("uc_version"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
            int combined = (int) version.invokeExact(0L, 0L);
            return combined >>> 8;
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    private static MethodHandle bind(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(
                LIBRARY.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle critical(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(
                LIBRARY.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments), CRITICAL);
    }

    private static MethodHandle internal(String name, MemoryLayout... arguments) {
        Optional<MemorySegment> symbol = LIBRARY.find(name);
        return symbol.map(at -> Linker.nativeLinker().downcallHandle(
                at, FunctionDescriptor.ofVoid(arguments), CRITICAL)).orElse(null);
    }

    static int open(long ucOut) {
        try {
            return (int) OPEN.invokeExact(UcConst.ARCH_X86, UcConst.MODE_64, ucOut);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int close(long uc) {
        try {
            return (int) CLOSE.invokeExact(uc);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Runs from guestVa until something stops it: never with an end address, a time limit or a count (all costly). */
    static int start(long uc, long guestVa) {
        try {
            return (int) START.invokeExact(uc, guestVa, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int stop(long uc) {
        try {
            return (int) STOP.invokeExact(uc);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int regRead(long uc, int register, long valueOut) {
        try {
            return (int) REG_READ.invokeExact(uc, register, valueOut);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int regWrite(long uc, int register, long valueIn) {
        try {
            return (int) REG_WRITE.invokeExact(uc, register, valueIn);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int mapPointer(long uc, long guestPa, long sizeBytes, int permissions, long host) {
        try {
            return (int) MAP_PTR.invokeExact(uc, guestPa, sizeBytes, permissions, host);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int hookAdd(long uc, long hookOut, int type, long callback, long userData, int instruction) {
        try {
            return (int) HOOK_ADD.invokeExact(uc, hookOut, type, callback, userData, 1L, 0L, instruction);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int control(long uc, int what, long value) {
        try {
            return (int) CTL.invokeExact(uc, what, value);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextAlloc(long uc, long contextOut) {
        try {
            return (int) CONTEXT_ALLOC.invokeExact(uc, contextOut);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextSave(long uc, long context) {
        try {
            return (int) CONTEXT_SAVE.invokeExact(uc, context);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextRestore(long uc, long context) {
        try {
            return (int) CONTEXT_RESTORE.invokeExact(uc, context);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextFree(long context) {
        try {
            return (int) CONTEXT_FREE.invokeExact(context);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Size of a context in bytes (size_t: contexts are far below 2 GiB). */
    static int contextSize(long uc) {
        try {
            return (int) CONTEXT_SIZE.invokeExact(uc);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextRegRead(long context, int register, long valueOut) {
        try {
            return (int) CONTEXT_REG_READ.invokeExact(context, register, valueOut);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static int contextRegWrite(long context, int register, long valueIn) {
        try {
            return (int) CONTEXT_REG_WRITE.invokeExact(context, register, valueIn);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /** Drops the translation of one page. */
    static void flushPage(long uc, long cpuState, long guestVa) {
        if (TLB_FLUSH_PAGE == null) {
            flushTlb(uc);
            return;
        }
        try {
            TLB_FLUSH_PAGE.invokeExact(cpuState, guestVa);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void flushTlb(long uc) {
        control(uc, UcConst.CTL_TLB_FLUSH, 0);
    }

    /** Drops the code translated from [guestPa, guestPa+lengthBytes). RAM is the first block mapped, at 0. */
    static void invalidateCode(long uc, long guestPa, long lengthBytes) {
        if (TB_INVALIDATE == null) {
            control(uc, UcConst.CTL_TB_FLUSH, 0);
            return;
        }
        try {
            TB_INVALIDATE.invokeExact(uc, guestPa, guestPa + lengthBytes);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void check(int error, String what) {
        if (error != UcConst.ERR_OK) {
            throw new IllegalStateException("unicorn: " + what + " failed with error " + error);
        }
    }

    private static RuntimeException failure(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(t);
    }
}
