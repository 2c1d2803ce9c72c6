package org.legoos.managers.processor.ipc;

import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/** The objects of one kind, by id and by key (struct ipc_ids). Thread-safe. */
final class IpcTable<T extends IpcObject> {
    private final int max;
    private final TreeMap<Integer, T> byIndex = new TreeMap<>(); // guarded by this
    private final Map<Integer, T> byKey = new HashMap<>(); // guarded by this
    private int sequence; // guarded by this

    IpcTable(int max) {
        this.max = max;
    }

    /**
     * The *get calls: finds or makes the object of a key.
     *
     * @param check throws what the caller asks of an object that is there already
     */
    synchronized T get(UserThread t, int key, int flags, java.util.function.Consumer<T> check, Supplier<T> maker) {
        T found = key == IPC_PRIVATE ? null : byKey.get(key);
        if (found == null) {
            if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0) {
                throw SysError.of(Errno.ENOENT);
            }
            return add(maker.get(), key);
        }
        if ((flags & (IPC_CREAT | IPC_EXCL)) == (IPC_CREAT | IPC_EXCL)) {
            throw SysError.of(Errno.EEXIST);
        }
        check.accept(found);
        found.require(t, (flags >> 6 | flags >> 3 | flags) & 06);
        return found;
    }

    private T add(T object, int key) {
        if (byIndex.size() >= max) {
            throw SysError.of(Errno.ENOSPC);
        }
        int index = 0;
        while (byIndex.containsKey(index)) {
            index++;
        }
        object.setId(sequence * OBJECTS_MAX + index);
        sequence = (sequence + 1) % (Integer.MAX_VALUE / OBJECTS_MAX);
        byIndex.put(index, object);
        if (key != IPC_PRIVATE) {
            byKey.put(key, object);
        }
        return object;
    }

    /** The object of an id, or EINVAL; EIDRM when its place has another now. */
    synchronized T find(int id) {
        T found = id < 0 ? null : byIndex.get(id % OBJECTS_MAX);
        if (found == null) {
            throw SysError.of(Errno.EINVAL);
        }
        if (found.id() != id) {
            throw SysError.of(id < found.id() ? Errno.EIDRM : Errno.EINVAL);
        }
        return found;
    }

    /** For the *_STAT commands, which count places. */
    synchronized T at(int index) {
        T found = byIndex.get(index);
        if (found == null) {
            throw SysError.of(Errno.EINVAL);
        }
        return found;
    }

    /** Takes the key away: nobody finds the object by it. */
    synchronized void forgetKey(T object) {
        byKey.remove(object.key, object);
    }

    /** Takes the object out; those who wait on it see EIDRM. @return whether it was still in */
    boolean remove(T object) {
        boolean isMine;
        synchronized (this) {
            isMine = byIndex.remove(object.id() % OBJECTS_MAX, object);
            byKey.remove(object.key, object);
        }
        object.setRemoved();
        object.wakeAll();
        return isMine;
    }

    synchronized int size() {
        return byIndex.size();
    }

    /** The highest place in use, 0 when there is none. */
    synchronized int maxIndex() {
        return byIndex.isEmpty() ? 0 : byIndex.lastKey();
    }

    synchronized List<T> all() {
        return new ArrayList<>(byIndex.values());
    }
}
