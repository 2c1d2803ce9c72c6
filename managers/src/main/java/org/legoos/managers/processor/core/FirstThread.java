package org.legoos.managers.processor.core;

import java.util.List;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FsContext;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.StdioFile;
import org.legoos.managers.processor.tty.Terminals;
import org.legoos.managers.processor.tty.TerminalPort;
import org.legoos.managers.processor.tty.Tty;
import org.legoos.managers.processor.tty.TtyFile;

/** The life of a started program's first thread: descriptors, execve, run, clean up. */
final class FirstThread {
    private final Process process;
    private final RunningProgram program;
    private final String path;
    private final List<byte[]> argv;
    private final List<byte[]> envp;
    private final FsContext fs;
    private final FdTable files = new FdTable();

    FirstThread(Process process, RunningProgram program, String path, List<byte[]> argv, List<byte[]> envp,
            String directory, Stdio stdio) {
        this.process = process;
        this.program = program;
        this.path = path;
        this.argv = argv;
        this.envp = envp;
        this.fs = new FsContext(directory, 022);
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
        Tty tty = terminals.create();
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
        SharedCpu cpu = manager.newRunGroup().newCpu(manager.kernel().memory());
        UserThread thread = new UserThread(process, process.pid(), cpu, files, fs);
        process.add(thread);
        ThreadLife.live(self, thread, this::start);
    }

    private void start(UserThread thread) {
        int error = Exec.start(thread, path, argv, envp, program);
        if (error != 0) {
            fail(error, program.failure());
        }
    }

    private void fail(int errno, String reason) {
        program.failed(path + ": " + (reason == null ? Exec.reason(errno) : reason));
        boolean isMissing = errno == Errno.ENOENT || errno == Errno.ENOTDIR;
        process.exitGroup(ExitStatus.exited(isMissing ? RunningProgram.EXIT_NOT_FOUND : RunningProgram.EXIT_CANNOT_RUN));
    }
}
