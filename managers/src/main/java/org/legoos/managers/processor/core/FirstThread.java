package org.legoos.managers.processor.core;

import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FsContext;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.StdioFile;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.tty.Terminals;
import org.legoos.managers.processor.tty.TerminalPort;
import org.legoos.managers.processor.tty.Tty;
import org.legoos.managers.processor.tty.TtyFile;

/** The life of a started program's first thread: descriptors, execve, run, clean up. */
final class FirstThread {
    private final Process process;
    private final RunningProgram program;
    private final Invocation invocation;
    private final FsContext fs;
    private final FdTable files = new FdTable();

    FirstThread(Process process, RunningProgram program, Invocation invocation, Stdio stdio) {
        this.process = process;
        this.program = program;
        this.invocation = invocation;
        this.fs = new FsContext(process.manager().vfs().at("/").directoryName("/"), 022);
        if (stdio.terminal() != null) {
            connect(stdio.terminal());
            return;
        }
        connect(stdio.in(), 0, OpenFlags.O_RDONLY);
        connect(stdio.out(), 1, OpenFlags.O_WRONLY);
        connect(stdio.err(), 2, OpenFlags.O_WRONLY);
    }

    /** A pseudo-terminal as after login: controlling, and on all three descriptors. */
    private void connect(Stdio.Terminal terminal) {
        Terminals terminals = process.manager().terminals();
        Tty tty = terminals.create(process.credentials().fsuid);
        TerminalPort port = new TerminalPort(terminals, tty);
        terminals.control(tty, process);
        TtyFile file = TtyFile.attach(terminals, tty, OpenFlags.O_RDWR);
        files.replace(0, file, false);
        files.replace(1, file.retain(), false);
        files.replace(2, file.retain(), false);
        terminal.attach(port);
    }

    private void connect(Stdio.Port port, int fd, int access) {
        if (port == null) {
            return; // closed, as with <&- in a shell
        }
        int flags = port.kind() == Stdio.Kind.TTY ? OpenFlags.O_RDWR : access;
        files.replace(fd, new StdioFile(port, fd, flags), false);
    }

    void run(KThread self) {
        ProcessorManager manager = process.manager();
        SharedCpu cpu = manager.newRunGroup().newCpu();
        UserThread thread = new UserThread(process, process.pid(), cpu, files, fs);
        process.add(thread);
        ThreadLife.live(self, thread, this::start);
    }

    private void start(UserThread thread) {
        if (!enterDirectory(thread)) {
            return;
        }
        int error = Errno.ENOENT;
        for (String path : invocation.candidates()) {
            int tried = Exec.start(thread, path, invocation.argv(), invocation.envp(), program);
            if (tried == 0) {
                program.started();
                return;
            }
            boolean isNothing = tried == Errno.ENOENT || tried == Errno.ENOTDIR;
            if (!isNothing || error == Errno.ENOENT) {
                error = tried;
            }
            if (!isNothing && tried != Errno.EACCES) {
                break;
            }
        }
        fail(error, program.failure());
    }

    /** @return false when it cannot be entered, and the process ends */
    private boolean enterDirectory(UserThread thread) {
        String directory = invocation.directory();
        if (directory.equals("/")) {
            return true;
        }
        try {
            Vfs vfs = process.manager().vfs();
            String path = vfs.resolve(thread, Vfs.AT_FDCWD, directory, true);
            FileService.Stat stat = new FileService.Stat();
            vfs.at(path).statOrThrow(thread, path, stat);
            if (FileMode.isDirectory(stat.mode)) {
                fs.setWorkingDirectory(process.manager().vfs().at(path).directoryName(path));
                return true;
            }
            program.failed(directory + ": " + Exec.reason(Errno.ENOTDIR));
        } catch (SysError e) {
            program.failed(directory + ": " + Exec.reason(e.errno()));
        }
        process.exitGroup(ExitStatus.exited(RunningProgram.EXIT_CANNOT_RUN));
        return false;
    }

    private void fail(int errno, String reason) {
        program.failed(invocation.path() + ": " + (reason == null ? Exec.reason(errno) : reason));
        boolean isMissing = errno == Errno.ENOENT || errno == Errno.ENOTDIR;
        process.exitGroup(ExitStatus.exited(isMissing ? RunningProgram.EXIT_NOT_FOUND : RunningProgram.EXIT_CANNOT_RUN));
    }
}
