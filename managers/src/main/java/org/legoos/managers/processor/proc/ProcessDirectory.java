package org.legoos.managers.processor.proc;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.PseudoNode;

/** /proc/PID: what Linux's fs/proc/base.c shows of one process. */
final class ProcessDirectory {
    private ProcessDirectory() {}

    static PseudoNode.Directory of(Process p) {
        return of(p, null);
    }

    /** /proc/TID: as in task/TID, and with all the threads. */
    static PseudoNode.Directory ofThread(UserThread thread) {
        return of(thread.process(), thread).put("task", new Tasks(thread.process()));
    }

    /** @param task null for the process; else the thread whose directory in task/ this is */
    private static PseudoNode.Fixed of(Process p, UserThread task) {
        PseudoNode.Fixed root = new PseudoNode.Fixed();
        root.put("cmdline", bytes(t -> isZombie(p) ? new byte[0] : joined(p.program().argv())));
        root.put("environ", new PseudoNode.Text(0400, t -> joined(SettingFiles.allowed(t, p).program().envp())));
        root.put("comm", new PseudoNode.Text(0644, t -> Program.bytes((isZombie(p) ? p.lastComm() : subject(p, task).comm()) + "\n"),
                (t, bytes) -> rename(t, subject(p, task), bytes)));
        root.put("auxv", bytes(t -> Auxv.read(t, p)));
        root.put("maps", PseudoNode.text(t -> MemoryFiles.maps(p)));
        root.put("mem", new PseudoNode.Made(0600, (t, path, flags) -> ProcessMemoryFile.open(t, p, path, flags)));
        root.put("statm", PseudoNode.text(t -> MemoryFiles.statm(p)));
        root.put("stat", PseudoNode.text(t -> isZombie(p) ? StatusFiles.zombieStat(p) : StatusFiles.stat(p, subject(p, task), task != null)));
        root.put("status", PseudoNode.text(t -> isZombie(p) ? StatusFiles.zombieStatus(p) : StatusFiles.status(p, subject(p, task))));
        root.put("limits", PseudoNode.text(t -> StatusFiles.limits(p)));
        root.put("mounts", PseudoNode.text(t -> MountFiles.mounts(p)));
        root.put("mountinfo", PseudoNode.text(t -> MountFiles.mountinfo(p)));
        root.put("cgroup", PseudoNode.text(t -> "0::/\n"));
        root.put("smaps", PseudoNode.text(t -> SmapsFiles.smaps(SettingFiles.allowed(t, p))));
        root.put("smaps_rollup", PseudoNode.text(t -> SmapsFiles.rollup(SettingFiles.allowed(t, p))));
        root.put("pagemap", new PseudoNode.Made(0400, (t, path, flags) -> PagemapFile.open(t, p, path, flags)));
        SettingFiles.addTo(root, p, task);
        root.put("exe", new PseudoNode.Link(t -> p.program().exePath(), (t, path, flags) -> Reopen.program(t, p.program(), flags)));
        root.put("cwd", PseudoNode.link(t -> t.fs().seen(first(p).fs().workingDirectory().shown())));
        root.put("root", PseudoNode.link(t -> t.fs().seen(first(p).fs().root())));
        root.put("fd", new Descriptors(p, false));
        root.put("fdinfo", new Descriptors(p, true));
        if (task == null) {
            root.put("task", new Tasks(p));
        } else {
            root.put("children", PseudoNode.text(t -> children(p, task)));
        }
        return root;
    }

    /** The processes that a thread has made and not waited for. */
    private static String children(Process p, UserThread task) {
        StringBuilder text = new StringBuilder();
        p.manager().childrenOf(task).forEach(child -> text.append(child.pid()).append(' '));
        return text.toString();
    }

    private static boolean isZombie(Process p) {
        return p.threads().isEmpty();
    }

    private static PseudoNode.Text bytes(Function<UserThread, byte[]> content) {
        return new PseudoNode.Text(0444, content);
    }

    /** Any thread of the process, or ESRCH when it is just ending. */
    static UserThread first(Process p) {
        List<UserThread> threads = p.threads();
        if (threads.isEmpty()) {
            throw SysError.of(Errno.ESRCH);
        }
        return threads.getFirst();
    }

    private static UserThread subject(Process p, UserThread task) {
        return task != null ? task : first(p);
    }

    /** What is written to comm is the thread's new name; only its own process may. */
    private static void rename(UserThread t, UserThread task, byte[] bytes) {
        if (t.process() != task.process()) {
            throw SysError.of(Errno.EINVAL);
        }
        int end = 0;
        while (end < bytes.length && end < Program.COMM_LENGTH_MAX && bytes[end] != 0) {
            end++;
        }
        task.setComm(Program.latin1(Arrays.copyOf(bytes, end)));
    }

    static String comm(Process p) {
        return p.threads().isEmpty() ? "" : p.threads().getFirst().comm();
    }

    private static byte[] joined(List<byte[]> strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            out.writeBytes(string);
            out.write(0);
        }
        return out.toByteArray();
    }

    /** fd and fdinfo. */
    private record Descriptors(Process p, boolean isInfo) implements PseudoNode.Directory {
        @Override
        public PseudoNode lookup(UserThread t, String name) {
            int fd = number(name);
            OpenFile file = fd < 0 ? null : first(p).files().find(fd);
            if (file == null) {
                return null;
            }
            if (isInfo) {
                boolean isCloexec = first(p).files().isCloexec(fd);
                return PseudoNode.text(x -> "pos:\t" + file.position() + "\nflags:\t0"
                        + Integer.toOctalString(file.flags() | (isCloexec ? OpenFlags.O_CLOEXEC : 0)) + "\nmnt_id:\t1\n" + file.fdInfo());
            }
            return new PseudoNode.Link(x -> file.shownPath(), (x, path, flags) -> Reopen.open(x, file, flags));
        }

        @Override
        public Collection<String> names(UserThread t) {
            List<String> names = new ArrayList<>();
            for (int fd = 0; fd < first(p).files().size(); fd++) {
                if (first(p).files().find(fd) != null) {
                    names.add(Integer.toString(fd));
                }
            }
            return names;
        }
    }

    /** task: the threads. */
    private record Tasks(Process p) implements PseudoNode.Directory {
        @Override
        public PseudoNode lookup(UserThread t, String name) {
            int tid = number(name);
            UserThread task = p.thread(tid);
            return task == null ? null : of(p, task);
        }

        @Override
        public Collection<String> names(UserThread t) {
            return p.threads().stream().map(thread -> Integer.toString(thread.tid())).toList();
        }
    }

    /** A small decimal number, or -1. */
    private static int number(String name) {
        boolean isNumber = !name.isEmpty() && name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(name) : -1;
    }
}
