package org.legoos.managers.processor.proc;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.PseudoNode;

/** /proc/PID: what Linux's fs/proc/base.c shows of one process. */
final class ProcessDirectory {
    private ProcessDirectory() {}

    /** @param isProcess false inside of task/, where there is no task directory again */
    static PseudoNode.Directory of(Process p, boolean isProcess) {
        PseudoNode.Fixed root = new PseudoNode.Fixed();
        root.put("cmdline", bytes(t -> joined(p.program().argv())));
        root.put("environ", bytes(t -> joined(p.program().envp())));
        root.put("comm", new PseudoNode.Text(0644, t -> Program.bytes(comm(p) + "\n")));
        root.put("auxv", bytes(t -> Auxv.read(t, p)));
        root.put("maps", PseudoNode.text(t -> MemoryFiles.maps(p)));
        root.put("statm", PseudoNode.text(t -> MemoryFiles.statm(p)));
        root.put("stat", PseudoNode.text(t -> StatusFiles.stat(p)));
        root.put("status", PseudoNode.text(t -> StatusFiles.status(p)));
        root.put("limits", PseudoNode.text(t -> StatusFiles.limits(p)));
        root.put("mounts", PseudoNode.text(t -> MountFiles.mounts(p)));
        root.put("mountinfo", PseudoNode.text(t -> MountFiles.mountinfo(p)));
        root.put("cgroup", PseudoNode.text(t -> "0::/\n"));
        root.put("oom_score_adj", new PseudoNode.Text(0644, t -> Program.bytes("0\n")));
        root.put("exe", PseudoNode.link(t -> p.program().exePath()));
        root.put("cwd", PseudoNode.link(t -> first(p).fs().workingDirectory()));
        root.put("root", PseudoNode.link(t -> "/"));
        root.put("fd", new Descriptors(p, false));
        root.put("fdinfo", new Descriptors(p, true));
        if (isProcess) {
            root.put("task", new Tasks(p));
        }
        return root;
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
                return PseudoNode.text(x -> "pos:\t" + file.position() + "\nflags:\t0" + Integer.toOctalString(file.flags())
                        + "\nmnt_id:\t1\n");
            }
            return new PseudoNode.Link(x -> file.path(), (x, path, flags) -> Reopen.open(x, file, flags));
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
            return p.threads().stream().anyMatch(thread -> thread.tid() == tid) ? of(p, false) : null;
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
