package org.legoos.managers.processor.fs;

import java.util.ArrayDeque;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserAccess;
import org.legoos.managers.processor.core.UserThread;

/**
 * The name space: mounts and the path walk (Linux's namei). A walk gives the normalised absolute path, on
 * which the calls of {@link FileSystem} work; every component but the last is looked up on the way.
 */
public final class Vfs {
    /** MAXSYMLINKS of Linux. */
    private static final int LINKS_MAX = 40;
    private static final int NAME_MAX = 255;

    public static final int AT_FDCWD = -100;

    private final List<FileSystem> mounts;

    /** @param mounts longest mount points first, the root last */
    public Vfs(List<FileSystem> mounts) {
        this.mounts = mounts;
    }

    public List<FileSystem> mounts() {
        return mounts;
    }

    /** The file system that a normalised path lies on. */
    public FileSystem at(String path) {
        for (FileSystem mount : mounts) {
            String point = mount.mountPoint();
            if (path.startsWith(point)
                    && (point.length() == 1 || path.length() == point.length() || path.charAt(point.length()) == '/')) {
                return mount;
            }
        }
        throw SysError.of(Errno.ENOENT);
    }

    /** The directory that a relative path starts at. */
    public static String base(UserThread t, int dirFd, String path) {
        if (path.startsWith("/")) {
            return t.fs().root();
        }
        return start(t, dirFd, path);
    }

    /** What a descriptor for paths to start at is; null when that is no directory. */
    private static DirectoryName directory(UserThread t, int dirFd) {
        return dirFd == AT_FDCWD ? t.fs().workingDirectory() : t.files().get(dirFd).directoryName(t);
    }

    private static String start(UserThread t, int dirFd, String path) {
        DirectoryName directory = directory(t, dirFd);
        if (directory == null) {
            throw SysError.of(Errno.ENOTDIR);
        }
        if (directory.isRemoved() && !path.equals("..") && !path.startsWith("../")) {
            throw SysError.of(Errno.ENOENT); // nothing is in it; its parent still is
        }
        return directory.path();
    }

    /** What "." is in a directory that has been removed; null when the path names something else. */
    public static FileService.Stat removedSelf(UserThread t, int dirFd, String path) {
        if (!path.startsWith(".") || !path.chars().allMatch(c -> c == '.' || c == '/') || path.contains("..")) {
            return null;
        }
        DirectoryName directory = directory(t, dirFd);
        return directory == null ? null : directory.lastSeen();
    }

    /** openat2(2)'s walk. @param rules RESOLVE_* */
    public String resolve(UserThread t, int dirFd, String path, boolean followLast, int rules) {
        if (rules == 0) {
            return resolve(t, dirFd, path, followLast);
        }
        if (path.isEmpty()) {
            throw SysError.of(Errno.ENOENT);
        }
        if ((rules & ResolveRules.BENEATH) != 0 && path.startsWith("/")) {
            throw SysError.of(Errno.EXDEV);
        }
        boolean isScoped = (rules & (ResolveRules.BENEATH | ResolveRules.IN_ROOT)) != 0;
        String from = isScoped ? start(t, dirFd, path) : base(t, dirFd, path);
        Walk walk = new Walk(t, followLast);
        walk.rules = new ResolveRules(rules, from, at(from));
        return walk.run(from, path);
    }

    /** Walks {@code path} from a directory descriptor; follows the last link when asked to or when a slash comes after it. */
    public String resolve(UserThread t, int dirFd, String path, boolean followLast) {
        if (path.isEmpty()) {
            throw SysError.of(Errno.ENOENT);
        }
        return new Walk(t, followLast).run(base(t, dirFd, path), path);
    }

    /**
     * As resolve, for calls that make or remove the last component: "." and ".." there have no name.
     *
     * @param lastDotErrno what such a name is answered with
     */
    public String resolveParent(UserThread t, int dirFd, String path, int lastDotErrno) {
        String trimmed = trimSlashes(path);
        if (trimmed.equals(".") || trimmed.equals("..") || trimmed.endsWith("/.") || trimmed.endsWith("/..")) {
            throw SysError.of(lastDotErrno);
        }
        String resolved = resolve(t, dirFd, trimmed, false);
        if (resolved.equals("/") || resolved.equals(t.fs().root())) {
            throw SysError.of(lastDotErrno);
        }
        return resolved;
    }

    public static boolean hasTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/");
    }

    private static String trimSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** One walk. */
    private final class Walk {
        private final UserThread t;
        private final boolean followLast;
        private final String root;
        private final ArrayDeque<String> todo = new ArrayDeque<>();
        private final FileService.Stat stat = new FileService.Stat();
        private final FileService.Lookup seen = new FileService.Lookup();
        private String at = "/";
        private int links;
        private boolean mustBeDirectory;
        private ResolveRules rules = ResolveRules.NONE;

        Walk(UserThread t, boolean followLast) {
            this.t = t;
            this.followLast = followLast;
            root = t.fs().root();
        }

        String run(String base, String path) {
            at = base;
            push(path);
            mustBeDirectory = hasTrailingSlash(path);
            FileSystem lowest = mounts.getLast();
            boolean leaps = lowest.walksPaths();
            while (!todo.isEmpty()) {
                if (!leaps || !leap(lowest)) {
                    step(todo.pop());
                }
            }
            return at;
        }

        /** Goes as far as one message can: to a link, another mount, ".." or the end. @return false when that is nowhere */
        private boolean leap(FileSystem lowest) {
            StringBuilder path = new StringBuilder(at.length() == 1 ? "" : at);
            int taken = 0;
            for (String name : todo) {
                if (name.equals("..")) {
                    break;
                }
                if (name.length() > NAME_MAX) {
                    throw SysError.of(Errno.ENAMETOOLONG);
                }
                int before = path.length();
                if (!name.equals(".")) {
                    path.append('/').append(name);
                    if (Vfs.this.at(path.toString()) != lowest) {
                        path.setLength(before);
                        break;
                    }
                }
                taken++;
            }
            if (path.length() <= Math.max(1, at.length())) {
                return false;
            }
            boolean reachesEnd = taken == todo.size();
            String wanted = path.toString();
            if (wanted.length() >= UserAccess.PATH_MAX) {
                throw SysError.of(Errno.ENAMETOOLONG); // messages carry whole paths, so what chdir reaches has an end too
            }
            SysError.check(t.fileService().lookup(wanted, seen));
            boolean isWhole = seen.walked == wanted.length();
            if (seen.walked <= at.length() - 1 || !isWhole && wanted.charAt(seen.walked) != '/') {
                throw SysError.of(Errno.EIO);
            }
            if (seen.stat.mode == 0) {
                if (!isWhole || !reachesEnd) {
                    throw SysError.of(Errno.ENOENT);
                }
            } else if (FileMode.isLink(seen.stat.mode) && !(isWhole && reachesEnd && !followLast && !mustBeDirectory)) {
                drop(wanted.substring(at.length() == 1 ? 0 : at.length(), seen.walked));
                at = wanted.substring(0, Math.max(1, wanted.lastIndexOf('/', seen.walked - 1)));
                follow(seen.target);
                return true;
            } else if (!isWhole || !FileMode.isDirectory(seen.stat.mode) && (!reachesEnd || mustBeDirectory)) {
                throw SysError.of(Errno.ENOTDIR);
            }
            for (int i = 0; i < taken; i++) {
                todo.pop();
            }
            at = wanted;
            return true;
        }

        /** Takes the names out that have been walked. */
        private void drop(String walked) {
            for (int i = walked.indexOf('/'); i >= 0; i = walked.indexOf('/', i + 1)) {
                while (todo.peek().equals(".")) {
                    todo.pop();
                }
                todo.pop();
            }
        }

        private void push(String path) {
            String[] parts = path.split("/");
            for (int i = parts.length - 1; i >= 0; i--) {
                if (!parts[i].isEmpty()) {
                    todo.push(parts[i]);
                }
            }
        }

        private void step(String name) {
            if (name.length() > NAME_MAX) {
                throw SysError.of(Errno.ENAMETOOLONG);
            }
            if (name.equals(".")) {
                return;
            }
            if (name.equals("..")) {
                if (rules.mayLeave(at) && !at.equals(root)) {
                    int slash = at.lastIndexOf('/');
                    at = rules.enter(Vfs.this, slash <= 0 ? "/" : at.substring(0, slash));
                }
                return;
            }
            String next = at.length() == 1 ? "/" + name : at + "/" + name;
            rules.enter(Vfs.this, next);
            boolean isLast = todo.isEmpty();
            if (isLast && !followLast && !mustBeDirectory) {
                at = next;
                return;
            }
            FileSystem fs = Vfs.this.at(next);
            int error = fs.lookup(t, next, stat);
            if (error == -Errno.ENOENT && isLast) {
                at = next; // the caller may want to make it
                return;
            }
            SysError.check(error);
            if (FileMode.isLink(stat.mode) && rules.isBound() && fs.isMagicLink(t, next)) {
                rules.refuseMagicLink();
            }
            if (FileMode.isLink(stat.mode) && !(isLast && fs.isMagicLink(t, next))) {
                follow(fs.readlink(t, next));
                return;
            }
            if (!FileMode.isDirectory(stat.mode) && (!isLast || mustBeDirectory)) {
                throw SysError.of(Errno.ENOTDIR);
            }
            at = next;
        }

        private void follow(String target) {
            rules.refuseLink();
            if (++links > LINKS_MAX) {
                throw SysError.of(Errno.ELOOP);
            }
            if (target.isEmpty() || target.length() >= UserAccess.PATH_MAX) {
                throw SysError.of(target.isEmpty() ? Errno.ENOENT : Errno.ENAMETOOLONG);
            }
            if (target.startsWith("/")) {
                at = rules.root(root);
            }
            push(target);
        }
    }
}
