package org.legoos.managers.processor.proc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.PseudoNode;
import org.legoos.managers.processor.inet.NetFiles;

/** /proc: system files of {@link SystemFiles}, a directory for each process, and "self". */
public final class ProcTree implements PseudoNode.Directory {
    private final ProcessorManager manager;
    private final PseudoNode.Fixed system = new PseudoNode.Fixed();

    private ProcTree(ProcessorManager manager) {
        this.manager = manager;
    }

    public static PseudoNode.Directory of(ProcessorManager manager) {
        ProcTree tree = new ProcTree(manager);
        tree.system.put("self", PseudoNode.link(t -> Integer.toString(t.process().pid())));
        tree.system.put("thread-self", PseudoNode.link(t -> t.process().pid() + "/task/" + t.tid()));
        tree.system.put("mounts", PseudoNode.link(t -> "self/mounts"));
        tree.system.putAt("sysvipc/sem", PseudoNode.text(t -> manager.ipc().semaphoreLines()));
        tree.system.putAt("sysvipc/shm", PseudoNode.text(t -> manager.ipc().segmentLines()));
        tree.system.putAt("sysvipc/msg", PseudoNode.text(t -> manager.ipc().queueLines()));
        SystemFiles.addTo(tree.system, manager);
        NetFiles.addToProc(tree.system, () -> manager.sockets().inet());
        return tree;
    }

    @Override
    public PseudoNode lookup(UserThread t, String name) {
        PseudoNode file = system.lookup(t, name);
        if (file != null) {
            return file;
        }
        boolean isNumber = !name.isEmpty() && name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? find(Integer.parseInt(name)) : null;
    }

    /** A process; or a thread, whose directory is there but not listed, as on Linux. */
    private PseudoNode find(int id) {
        Process process = manager.find(id);
        UserThread thread = process == null ? manager.findThread(id) : null;
        if (thread != null) {
            return ProcessDirectory.ofThread(thread);
        }
        return process == null ? null : ProcessDirectory.of(process);
    }

    @Override
    public Collection<String> names(UserThread t) {
        List<String> names = new ArrayList<>(system.names(t));
        manager.processes().keySet().stream().sorted().map(String::valueOf).forEach(names::add);
        return names;
    }
}
