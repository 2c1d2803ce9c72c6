package org.legoos.managers.processor.core;

import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.Execution;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.lock.LockCalls;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.mm.ProgramRights;

/**
 * execve(2) at the processor node: find the file, follow "#!" lines, have the home memory node load it, and
 * when that has worked, put the new program in the old one's place (Linux's point of no return).
 */
public final class Exec {
    private static final int SCRIPT_DEPTH_MAX = 5;

    private Exec() {}

    /** For the first program of a process. @return 0 or a positive errno; the reason goes to {@code program} */
    static int start(UserThread t, String path, List<byte[]> argv, List<byte[]> envp, RunningProgram program) {
        try {
            AddressSpaces.Image image = load(t, Target.of(path), argv, envp);
            if (image.errno() != 0) {
                program.failed(image.reason());
            }
            return image.errno();
        } catch (SysError e) {
            return explain(t, path, e.errno(), program);
        }
    }

    /** A script whose interpreter is not there is not "not found" itself. */
    private static int explain(UserThread t, String path, int error, RunningProgram program) {
        try {
            String resolved = t.process().manager().vfs().resolve(t, Vfs.AT_FDCWD, path, true);
            ProgramFile file = ProgramFile.open(t, resolved);
            file.close();
            List<byte[]> interpreter = ScriptLine.parse(file.start());
            if (interpreter == null) {
                String elfInterpreter = file.interpreter();
                program.failed(elfInterpreter.isEmpty() ? reason(error) : "its interpreter " + elfInterpreter + ": " + reason(error)
                        + " (a dynamically linked program wants --root with a tree that has its libraries)");
                return elfInterpreter.isEmpty() ? error : Errno.ELIBACC;
            }
            program.failed("a script for " + Program.latin1(interpreter.getFirst()) + ", which cannot be run: " + reason(error));
            return Errno.ENOEXEC;
        } catch (SysError e) {
            program.failed(reason(e.errno()));
            return e.errno();
        }
    }

    static String reason(int errno) {
        return switch (errno) {
            case Errno.ENOENT -> "no such file";
            case Errno.EACCES -> "permission denied";
            case Errno.ENOTDIR -> "not a directory";
            case Errno.ENOMEM -> "not enough memory";
            case Errno.E2BIG -> "argument list too long";
            case Errno.ELOOP -> "too many levels of links or scripts";
            case Errno.ENOEXEC -> "not a program";
            default -> Errno.name(errno);
        };
    }

    /**
     * What execveat(2) names.
     *
     * @param name what the program sees as its file's name, and what a script's interpreter is to open
     * @param path from {@code dirFd} on; empty: the file that is open there
     * @param isKept whether a script's interpreter will find {@code name}: it has no use for a descriptor that execve closes
     */
    public record Target(int dirFd, String path, String name, boolean isKept) {
        public static Target of(String path) {
            return new Target(Vfs.AT_FDCWD, path, path, true);
        }

        ProgramFile open(UserThread t) {
            return path.isEmpty() && dirFd != Vfs.AT_FDCWD
                    ? ProgramFile.of(t, t.files().get(dirFd))
                    : ProgramFile.open(t, t.process().manager().vfs().resolve(t, dirFd, path, true));
        }
    }

    /** execve and execveat from the program. @return 0, or throws */
    public static long exec(UserThread t, Target target, List<byte[]> argv, List<byte[]> envp) {
        AddressSpaces.Image image = load(t, target, argv, envp);
        if (image.errno() != 0) {
            throw SysError.of(image.errno());
        }
        return 0;
    }

    private static AddressSpaces.Image load(UserThread t, Target target, List<byte[]> argv, List<byte[]> envp) {
        String execFn = target.name();
        List<byte[]> args = argv;
        ProgramFile file = target.open(t);
        try {
            for (int depth = 0;; depth++) {
                List<byte[]> interpreter = ScriptLine.parse(file.start());
                if (interpreter == null) {
                    return load(t, target, file, execFn, args, envp);
                }
                if (depth == SCRIPT_DEPTH_MAX) {
                    throw SysError.of(Errno.ELOOP);
                }
                if (!target.isKept()) {
                    throw SysError.of(Errno.ENOENT);
                }
                List<byte[]> longer = new ArrayList<>(interpreter);
                longer.add(Program.bytes(execFn));
                longer.addAll(args.subList(Math.min(1, args.size()), args.size()));
                args = longer;
                execFn = Program.latin1(interpreter.getFirst());
                file.close();
                file = ProgramFile.open(t, t.process().manager().vfs().resolve(t, Vfs.AT_FDCWD, execFn, true));
            }
        } finally {
            file.close();
        }
    }

    private static AddressSpaces.Image load(UserThread t, Target target, ProgramFile file, String execFn, List<byte[]> args,
            List<byte[]> envp) {
        List<Execution> executions = new ArrayList<>(2);
        AddressSpaces.Image image = null;
        Credentials after;
        try (ProgramFile loader = elfInterpreter(t, file)) {
            executions.add(file.execute());
            if (loader != null) {
                executions.add(loader.execute());
            }
            String loaderPath = loader == null ? "" : executions.getLast().path();
            after = file.credentials();
            image = t.process().manager().spaces()
                    .exec(t.process().pid(), rights(t, after), executions.getFirst().path(), loaderPath, execFn, args, envp);
        } finally {
            if (image == null || image.errno() != 0) {
                executions.forEach(Execution::ended);
            }
        }
        if (image.errno() == 0) {
            AddressSpace space = image.space();
            executions.forEach(execution -> execution.keepIn(space, t.process().manager().spaces()));
            int oldTid = t.tid();
            if (!t.process().becomeSingleThreaded(t)) {
                image.space().release();
                return AddressSpaces.Image.failed(Errno.EAGAIN, "the process is ending");
            }
            boolean isTrusted = after.euid == after.uid && after.egid == after.gid && !gainsCapabilities(after);
            t.process().credentials().become(after);
            t.process().flags().setDumpable(isTrusted);
            Program program = new Program(executions.getFirst(), args, envp, image.entryVa(), image.stackVa());
            commit(t, program, image, target.path().isEmpty() ? program.fileName() : target.path());
            TraceEvents.execed(t, oldTid);
        }
        return image;
    }

    /** A program that has capabilities from its file is as little to be meddled with as a set-user-ID one (AT_SECURE). */
    private static boolean gainsCapabilities(Credentials after) {
        return after.uid != 0 && (after.permitted & ~after.ambient) != 0;
    }

    private static ProgramRights rights(UserThread t, Credentials after) {
        boolean isRandomized = (t.process().flags().personality() & ProcessFlags.ADDR_NO_RANDOMIZE) == 0;
        return new ProgramRights(after.uid, after.euid, after.gid, after.egid, gainsCapabilities(after), t.process().rlimits().soft(Rlimits.STACK),
                isRandomized);
    }

    /** What PT_INTERP names, null without one. */
    private static ProgramFile elfInterpreter(UserThread t, ProgramFile file) {
        String path = file.interpreter();
        return path.isEmpty()
                ? null
                : ProgramFile.open(t, t.process().manager().vfs().resolve(t, Vfs.AT_FDCWD, path, true));
    }

    private static void commit(UserThread t, Program program, AddressSpaces.Image image, String path) {
        Process process = t.process();
        Cpu cpu = t.cpu();
        ThreadExit.tellProgram(t);
        AddressSpace old = process.space();
        t.leaveMemory();
        if (old != null) {
            leaveSharedMemory(t);
            process.manager().ipc().leftMemory(process);
            process.manager().aio().left(process);
            old.release();
        }
        process.leaveVfork();
        process.become(program, image.space());
        image.space().attach(cpu);
        t.useMemory(image.space().newUserMemory());
        cpu.resetUserState();
        cpu.setFsBase(0);
        cpu.setGsBase(0);
        cpu.setRip(image.entryVa());
        cpu.setRegister(Gpr.RSP, image.stackVa());
        process.actions().resetHandlers();
        process.timers().deletePosix();
        t.altStack().disable();
        if (t.files().isShared()) {
            t.useFiles(t.files().copy());
        }
        t.files().closeOnExec(file -> LockCalls.closing(t, t.files(), file));
        process.kin().hasExeced = true;
        process.kin().exitSignal = Signals.SIGCHLD;
        t.clearChildTidVa = 0;
        t.robustListVa = 0;
        t.restart.take();
        t.setComm(Program.commOf(path));
    }

    /** Others go on in the old memory, or in memory shared with it: this one needs a core of its own from now on. */
    private static void leaveSharedMemory(UserThread t) {
        if (!t.cpu().group().isAlone()) {
            t.cpu().moveTo(t.process().manager().newRunGroup());
        }
    }
}
