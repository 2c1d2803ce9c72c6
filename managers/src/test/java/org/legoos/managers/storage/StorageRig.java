package org.legoos.managers.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.StorageFileService;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.storage.host.HostTree;
import org.legoos.managers.storage.host.VNodeFiles;

/** A storage node over a loop-back network and a client of it, with files as strings. */
final class StorageRig implements AutoCloseable {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_TRUNC = 0x200;
    private static final int PIECE = 32 << 10;

    final LoopbackCluster cluster;
    final Credentials who = new Credentials();
    final FileService files;
    private final StorageManager manager;
    private final long bufferPa;
    private final MemorySegment buffer = Arena.ofAuto().allocate(PIECE);

    static StorageRig writable(Path root) {
        return new StorageRig(new VNodeFiles.Mount(0, root.toString(), VNodeFiles.Mode.WRITABLE, null, HostTree.Method.OPENAT2));
    }

    static StorageRig readOnly(Path root) {
        return new StorageRig(new VNodeFiles.Mount(0, root.toString(), VNodeFiles.Mode.READ_ONLY, null, HostTree.Method.OPENAT2));
    }

    static StorageRig overlay(Path root, Path changes) {
        return new StorageRig(new VNodeFiles.Mount(0, root.toString(), VNodeFiles.Mode.OVERLAY, changes.toString(), HostTree.Method.OPENAT2));
    }

    /** As an ordinary user of the host has it. @param changes null: no overlay */
    static StorageRig keepingOwners(Path root, Path changes) {
        VNodeFiles.Mode mode = changes == null ? VNodeFiles.Mode.WRITABLE : VNodeFiles.Mode.OVERLAY;
        String overlay = changes == null ? null : changes.toString();
        return new StorageRig(new VNodeFiles.Mount(0, root.toString(), mode, overlay, HostTree.Method.OPENAT2, true));
    }

    StorageRig(VNodeFiles.Mount mount) {
        KConfig config = KConfig.defaults().with("USE_RAMFS", "n").with("DEFAULT_STORAGE_NODE", "1").with("THPOOL_NR_WORKERS", "2");
        cluster = new LoopbackCluster(2, 32 << 20, 0, config, HostClock.instance());
        manager = StorageManager.start(cluster.kernel(1), cluster.ibapi(1), List.of(mount));
        files = new StorageFileService(cluster.kernel(0), cluster.ibapi(0), who);
        bufferPa = cluster.kernel(0).frames().allocContiguous(PIECE / 4096);
    }

    /** Another client, for another thread. */
    FileService client() {
        return new StorageFileService(cluster.kernel(0), cluster.ibapi(0), who);
    }

    int create(String path, String content) {
        int error = files.open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
        return error != 0 ? error : write(path, 0, content);
    }

    int write(String path, long offset, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
        int done = files.write(path, offset, false, buffer, 0, bytes.length);
        return done == bytes.length ? 0 : done < 0 ? done : 1;
    }

    int append(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return files.write(path, 0, true, buffer, 0, bytes.length);
    }

    /** The content, or the negative errno as a number. */
    String read(String path) {
        int done = files.read(path, 0, bufferPa, PIECE);
        MemorySegment.copy(cluster.kernel(0).memory().segment(), bufferPa, buffer, 0, Math.max(0, done));
        return done < 0 ? Integer.toString(done) : new String(buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    }

    FileService.Stat stat(String path) {
        FileService.Stat stat = new FileService.Stat();
        int error = files.stat(path, false, stat);
        if (error != 0) {
            throw new AssertionError("stat of " + path + ": " + error);
        }
        return stat;
    }

    int statError(String path) {
        return files.stat(path, false, new FileService.Stat());
    }

    /** Names in the order of the listing, read in pieces of so many bytes; "." and ".." are left out. */
    List<String> list(String path, int pieceBytes) {
        List<String> names = new ArrayList<>();
        long position = 0;
        while (true) {
            int done = files.getdents(path, position, buffer, 0, pieceBytes);
            if (done < 0) {
                throw new AssertionError("getdents of " + path + ": " + done);
            }
            if (done == 0) {
                return names;
            }
            for (int at = 0; at < done; at += Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, at + 16))) {
                String name = buffer.getString(at + 19, StandardCharsets.ISO_8859_1);
                if (!name.equals(".") && !name.equals("..")) {
                    names.add(name);
                }
            }
            position = files.nextPosition();
        }
    }

    @Override
    public void close() {
        manager.stop();
        cluster.close();
    }
}
