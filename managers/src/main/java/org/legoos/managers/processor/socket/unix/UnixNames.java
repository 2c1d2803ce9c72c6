package org.legoos.managers.processor.socket.unix;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.socket.SocketNumbers;

/**
 * The names that sockets of one node are bound to: abstract ones as byte strings, those in the file system by the
 * inode they made. Thread-safe.
 */
public final class UnixNames {
    /** struct sockaddr_un: the family, then sun_path. */
    static final int PATH = 2;
    static final int PATH_BYTES_MAX = 108;
    private static final int AUTOBIND_MAX = 1 << 20;
    private static final int W_OK = 2;

    private record Inode(long device, long number) {}

    private final ConcurrentHashMap<Object, UnixSocket> bound = new ConcurrentHashMap<>();
    private final AtomicInteger nextAuto = new AtomicInteger();

    /** A checked address: the key of its name and what getsockname shows. */
    record Bound(Object key, byte[] address) {}

    static byte[] unnamed() {
        byte[] address = new byte[PATH];
        Le.putShort(address, 0, SocketNumbers.AF_UNIX);
        return address;
    }

    private static void check(byte[] address) {
        if (address.length <= PATH || address.length > PATH + PATH_BYTES_MAX
                || Le.getShort(address, 0) != SocketNumbers.AF_UNIX) {
            throw SysError.of(Errno.EINVAL);
        }
    }

    private static boolean isAbstract(byte[] address) {
        return address[PATH] == 0;
    }

    /** Sockets of different types have abstract names apart, as on Linux. */
    private static Object abstractKey(byte[] address, int type) {
        return (char) type + new String(address, PATH, address.length - PATH, StandardCharsets.ISO_8859_1);
    }

    private static String path(byte[] address) {
        int end = PATH;
        while (end < address.length && address[end] != 0) {
            end++;
        }
        return new String(address, PATH, end - PATH, StandardCharsets.ISO_8859_1);
    }

    /** Gives a socket the name; makes the inode of one in the file system. Throws EADDRINUSE, EINVAL or what mknod gives. */
    Bound bind(UserThread t, UnixSocket socket, byte[] address) {
        check(address);
        if (isAbstract(address)) {
            Object key = abstractKey(address, socket.type());
            if (bound.putIfAbsent(key, socket) != null) {
                throw SysError.of(Errno.EADDRINUSE);
            }
            return new Bound(key, address.clone());
        }
        String text = path(address);
        Vfs vfs = t.process().manager().vfs();
        String path = vfs.resolveParent(t, Vfs.AT_FDCWD, text, Errno.EADDRINUSE);
        int mode = FileMode.S_IFSOCK | 0777 & ~t.fs().umask();
        int error = vfs.at(path).mknod(t, path, mode, 0);
        if (error < 0) {
            throw SysError.of(error == -Errno.EEXIST ? Errno.EADDRINUSE : -error);
        }
        FileService.Stat stat = new FileService.Stat();
        vfs.at(path).statOrThrow(t, path, stat);
        Object key = new Inode(stat.dev, stat.ino);
        bound.put(key, socket);
        byte[] shown = new byte[PATH + text.length() + 1];
        System.arraycopy(address, 0, shown, 0, PATH + text.length());
        return new Bound(key, shown);
    }

    /** A free abstract name of five hexadecimal digits. */
    Bound autobind(UnixSocket socket) {
        for (int tries = 0; tries < AUTOBIND_MAX; tries++) {
            String digits = "\0" + "%05x".formatted(nextAuto.incrementAndGet() & AUTOBIND_MAX - 1);
            byte[] address = new byte[PATH + digits.length()];
            Le.putShort(address, 0, SocketNumbers.AF_UNIX);
            System.arraycopy(Program.bytes(digits), 0, address, PATH, digits.length());
            Object key = abstractKey(address, socket.type());
            if (bound.putIfAbsent(key, socket) == null) {
                return new Bound(key, address);
            }
        }
        throw SysError.of(Errno.ENOSPC);
    }

    void unbind(Object key, UnixSocket socket) {
        bound.remove(key, socket);
    }

    /** The socket of that name and type, or ECONNREFUSED, EPROTOTYPE, EACCES and what a path walk gives. */
    UnixSocket find(UserThread t, byte[] address, int type) {
        check(address);
        UnixSocket found;
        if (isAbstract(address)) {
            found = bound.get(abstractKey(address, type));
        } else {
            Vfs vfs = t.process().manager().vfs();
            String path = vfs.resolve(t, Vfs.AT_FDCWD, path(address), true);
            FileService.Stat stat = new FileService.Stat();
            vfs.at(path).statOrThrow(t, path, stat);
            if (!stat.allows(t.process().credentials(), W_OK)) {
                throw SysError.of(Errno.EACCES);
            }
            found = (stat.mode & FileMode.S_IFMT) == FileMode.S_IFSOCK ? bound.get(new Inode(stat.dev, stat.ino)) : null;
        }
        if (found == null) {
            throw SysError.of(Errno.ECONNREFUSED);
        }
        if (found.type() != type) {
            throw SysError.of(Errno.EPROTOTYPE);
        }
        return found;
    }

    /** All bound sockets, for /proc/net/unix. */
    public Collection<UnixSocket> sockets() {
        Set<UnixSocket> all = new LinkedHashSet<>(bound.values());
        return all;
    }
}
