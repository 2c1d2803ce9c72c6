package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.rpc.PathRequest;

/** What files do wherever they are kept: in a directory of the host, or in an overlay on one. */
abstract class StorageContract {
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    static final int S_IFIFO = 0010000;
    static final int S_IFCHR = 0020000;
    private static final int NOREPLACE = 1;
    private static final int WHITEOUT = 4;
    private static final int EXCHANGE = 2;
    private static final int XATTR_CREATE = 1;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3;

    StorageRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            assertThat(rig.cluster.ibapi(1).outstandingMessages()).as("messages neither replied to nor freed").isZero();
            rig.close();
        }
    }

    @Test
    void aFileIsMadeWrittenReadAndRemoved() {
        assertThat(rig.create("/f", "hello")).isZero();
        assertThat(rig.read("/f")).isEqualTo("hello");
        assertThat(rig.append("/f", " world")).isEqualTo(6);
        assertThat(rig.files.newOffset()).isEqualTo(11);
        assertThat(rig.read("/f")).isEqualTo("hello world");
        assertThat(rig.stat("/f").size).isEqualTo(11);
        assertThat(rig.stat("/f").mode).isEqualTo(S_IFREG | 0644);
        assertThat(rig.create("/f", "")).isEqualTo(-Errno.EEXIST);
        assertThat(rig.files.unlink("/f")).isZero();
        assertThat(rig.statError("/f")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.read("/f")).isEqualTo("" + -Errno.ENOENT);
        assertThat(rig.files.unlink("/f")).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void modesAreWhatWasAskedForWhateverTheHostsUmask() {
        for (int mode : new int[] {0, 0777, 0666, 04755, 02711, 0600}) {
            assertThat(rig.files.open("/m" + mode, StorageRig.O_CREAT | StorageRig.O_RDWR, mode)).isZero();
            assertThat(rig.stat("/m" + mode).mode).as(Integer.toOctalString(mode)).isEqualTo(S_IFREG | mode);
        }
        assertThat(rig.files.mkdir("/d", 01777)).isZero();
        assertThat(rig.stat("/d").mode).isEqualTo(S_IFDIR | 01777);
    }

    @Test
    void directoriesAreMadeListedAndRemoved() {
        assertThat(rig.files.mkdir("/d", 0755)).isZero();
        assertThat(rig.files.mkdir("/d", 0755)).isEqualTo(-Errno.EEXIST);
        assertThat(rig.files.mkdir("/none/d", 0755)).isEqualTo(-Errno.ENOENT);
        assertThat(rig.create("/d/a", "")).isZero();
        assertThat(rig.files.symlink("a", "/d/l")).isZero();
        assertThat(rig.files.mkdir("/d/sub", 0700)).isZero();
        assertThat(rig.list("/d", 4096)).containsExactlyInAnyOrder("a", "l", "sub");
        assertThat(rig.files.rmdir("/d")).isEqualTo(-Errno.ENOTEMPTY);
        assertThat(rig.files.unlink("/d/sub")).isEqualTo(-Errno.EISDIR);
        assertThat(rig.files.rmdir("/d/a")).isEqualTo(-Errno.ENOTDIR);
        assertThat(rig.files.rmdir("/d/sub")).isZero();
        assertThat(rig.files.unlink("/d/a")).isZero();
        assertThat(rig.files.unlink("/d/l")).isZero();
        assertThat(rig.list("/d", 4096)).isEmpty();
        assertThat(rig.files.rmdir("/d")).isZero();
        assertThat(rig.files.rmdir("/")).isEqualTo(-Errno.EBUSY);
    }

    @Test
    void aListingIsWholeWhateverIsRemovedMeanwhile() {
        List<String> expected = new ArrayList<>();
        rig.files.mkdir("/big", 0755);
        for (int i = 0; i < 500; i++) {
            assertThat(rig.create("/big/file" + i, "")).isZero();
            expected.add("file" + i);
        }
        assertThat(rig.list("/big", 600)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rig.list("/big", 16 << 10)).isEqualTo(rig.list("/big", 300));
        List<String> order = rig.list("/big", 4096);
        // A position goes on meaning the same after what was before it is gone.
        assertThat(rig.files.getdents("/big", 0, rig.cluster.kernel(0).memory().segment(), 4096, 2048)).isPositive();
        long position = rig.files.nextPosition();
        order.subList(0, 10).forEach(name -> assertThat(rig.files.unlink("/big/" + name)).isZero());
        assertThat(rig.files.getdents("/big", position, rig.cluster.kernel(0).memory().segment(), 4096, 2048)).isPositive();
        assertThat(rig.list("/big", 4096)).isEqualTo(order.subList(10, order.size()));
        assertThat(rig.files.getdents("/big", 0, rig.cluster.kernel(0).memory().segment(), 4096, 8)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void symbolicLinksAreReadAndNeverFollowed() {
        assertThat(rig.files.symlink("/etc/passwd", "/l")).isZero();
        assertThat(rig.files.readlink("/l")).isEqualTo("/etc/passwd");
        assertThat(rig.stat("/l").mode & 0170000).isEqualTo(S_IFLNK);
        assertThat(rig.read("/l")).isEqualTo("" + -Errno.ELOOP);
        assertThat(rig.files.open("/l", StorageRig.O_RDONLY, 0)).isEqualTo(-Errno.ELOOP);
        assertThat(rig.files.symlink("/", "/up")).isZero();
        assertThat(rig.statError("/up/etc")).isEqualTo(-Errno.ELOOP);
        assertThat(rig.files.symlink("", "/empty")).isEqualTo(-Errno.ENOENT);
        rig.create("/f", "");
        assertThat(rig.files.readlink("/f")).isNull();
        assertThat(rig.files.lastErrno()).isEqualTo(Errno.EINVAL);
    }

    @Test
    void lookupGoesAsFarAsItCan() {
        rig.files.mkdir("/a", 0755);
        rig.files.mkdir("/a/b", 0755);
        rig.create("/a/b/f", "x");
        rig.files.symlink("b", "/a/l");
        FileService.Lookup found = new FileService.Lookup();
        assertThat(rig.files.lookup("/a/b/f", found)).isZero();
        assertThat(found.walked).isEqualTo("/a/b/f".length());
        assertThat(found.stat.size).isEqualTo(1);
        assertThat(rig.files.lookup("/a/l/f", found)).isZero();
        assertThat(found.walked).isEqualTo("/a/l".length());
        assertThat(found.target).isEqualTo("b");
        assertThat(rig.files.lookup("/a/none", found)).isZero();
        assertThat(found.walked).isEqualTo("/a/none".length());
        assertThat(found.stat.mode).isZero();
        assertThat(rig.files.lookup("/a/none/f", found)).isZero();
        assertThat(found.walked).isEqualTo("/a/none".length());
        assertThat(rig.files.lookup("/a/b/f/g", found)).isEqualTo(-Errno.ENOTDIR);
        assertThat(rig.files.lookup("/", found)).isZero();
        assertThat(found.stat.mode & 0170000).isEqualTo(S_IFDIR);
    }

    @Test
    void hardLinksAreOneFile() {
        rig.create("/a", "one");
        assertThat(rig.files.link("/a", "/b")).isZero();
        assertThat(rig.stat("/b").ino).isEqualTo(rig.stat("/a").ino);
        assertThat(rig.stat("/a").nlink).isEqualTo(2);
        rig.write("/b", 0, "two");
        assertThat(rig.read("/a")).isEqualTo("two");
        assertThat(rig.files.link("/a", "/b")).isEqualTo(-Errno.EEXIST);
        rig.files.unlink("/a");
        assertThat(rig.read("/b")).isEqualTo("two");
        rig.files.mkdir("/d", 0755);
        assertThat(rig.files.link("/d", "/e")).isEqualTo(-Errno.EPERM);
    }

    @Test
    void renameReplacesKeepsAndExchanges() {
        rig.create("/a", "a");
        rig.create("/b", "b");
        assertThat(rig.files.rename("/a", "/b", NOREPLACE)).isEqualTo(-Errno.EEXIST);
        assertThat(rig.files.rename("/a", "/b", EXCHANGE)).isZero();
        assertThat(rig.read("/a")).isEqualTo("b");
        assertThat(rig.files.rename("/a", "/b", 0)).isZero();
        assertThat(rig.read("/b")).isEqualTo("b");
        assertThat(rig.statError("/a")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.rename("/b", "/c", NOREPLACE)).isZero();
        assertThat(rig.files.rename("/none", "/x", 0)).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.rename("/c", "/none", EXCHANGE)).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.rename("/c", "/d", EXCHANGE | WHITEOUT)).isEqualTo(-Errno.EINVAL);
        rig.files.mkdir("/d", 0755);
        rig.create("/d/f", "in d");
        assertThat(rig.files.rename("/c", "/d", 0)).isEqualTo(-Errno.EISDIR);
        assertThat(rig.files.rename("/d", "/c", 0)).isEqualTo(-Errno.ENOTDIR);
        assertThat(rig.files.rename("/d", "/d/e", 0)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.files.rename("/d", "/e", 0)).isZero();
        assertThat(rig.read("/e/f")).isEqualTo("in d");
        rig.files.mkdir("/full", 0755);
        rig.create("/full/x", "");
        assertThat(rig.files.rename("/e", "/full", 0)).isEqualTo(-Errno.ENOTEMPTY);
        rig.files.unlink("/full/x");
        assertThat(rig.files.rename("/e", "/full", 0)).isZero();
        assertThat(rig.list("/full", 4096)).containsExactly("f");
    }

    @Test
    void aFileThatLostItsNameLivesUnderAHiddenOne() {
        rig.create("/f", "still here");
        String hidden = PathRequest.HIDDEN + 7;
        assertThat(rig.files.rename("/f", hidden, 0)).isZero();
        assertThat(rig.list("/", 4096)).doesNotContain("f").noneMatch(name -> name.startsWith(".lego"));
        assertThat(rig.read(hidden)).isEqualTo("still here");
        assertThat(rig.write(hidden, 0, "STILL")).isZero();
        assertThat(rig.files.link(hidden, "/again")).isZero();
        assertThat(rig.files.unlink(hidden)).isZero();
        assertThat(rig.read("/again")).isEqualTo("STILL here");
        assertThat(rig.files.open(PathRequest.HIDDEN + 8, StorageRig.O_CREAT | StorageRig.O_EXCL | StorageRig.O_RDWR, 0600)).as("O_TMPFILE").isZero();
    }

    @Test
    void attributesAreSet() {
        rig.create("/f", "");
        FileService.Stat to = new FileService.Stat();
        to.mode = 0640;
        to.atimeNs = 1_000_000_001L;
        to.mtimeNs = -5_000_000_000L;
        int mask = FileService.SET_MODE | FileService.SET_ATIME | FileService.SET_MTIME;
        assertThat(rig.files.setattr("/f", true, mask, to)).isZero();
        FileService.Stat got = rig.stat("/f");
        assertThat(got.mode).isEqualTo(S_IFREG | 0640);
        assertThat(got.atimeNs).isEqualTo(1_000_000_001L);
        assertThat(got.mtimeNs).as("before 1970").isEqualTo(-5_000_000_000L);
        assertThat(rig.files.setattr("/f", true, FileService.SET_MTIME_NOW, to)).isZero();
        assertThat(rig.stat("/f").mtimeNs).isGreaterThan(1_700_000_000_000_000_000L);
        assertThat(rig.stat("/f").atimeNs).isEqualTo(1_000_000_001L);
        rig.files.symlink("f", "/l");
        assertThat(rig.files.setattr("/l", false, FileService.SET_MTIME, to)).isZero();
        assertThat(rig.stat("/l").mtimeNs).isEqualTo(-5_000_000_000L);
        assertThat(rig.files.setattr("/none", true, mask, to)).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void ownersAreSet() {
        rig.create("/f", "");
        rig.files.open("/s", StorageRig.O_CREAT | StorageRig.O_RDWR, 06755);
        FileService.Stat to = new FileService.Stat();
        to.uid = 1234;
        to.gid = 5678;
        assertThat(rig.files.setattr("/f", true, FileService.SET_UID | FileService.SET_GID, to)).isZero();
        assertThat(rig.stat("/f").uid).isEqualTo(1234);
        assertThat(rig.stat("/f").gid).isEqualTo(5678);
        assertThat(rig.files.setattr("/s", true, FileService.SET_UID, to)).isZero();
        assertThat(rig.stat("/s").mode).as("set-user-ID goes with the owner").isEqualTo(S_IFREG | 0755);
    }

    @Test
    void othersMayDoWhatModesSay() {
        rig.files.mkdir("/open", 01777);
        rig.files.mkdir("/closed", 0700);
        rig.create("/closed/f", "secret");
        rig.create("/open/roots", "");
        rig.files.open("/secret", StorageRig.O_CREAT | StorageRig.O_RDWR, 0600);
        rig.who.fsuid = 1000;
        rig.who.effective = Capability.NONE;
        rig.who.fsgid = 1000;
        assertThat(rig.create("/open/mine", "x")).isZero();
        assertThat(rig.stat("/open/mine").uid).isEqualTo(1000);
        assertThat(rig.create("/closed/g", "")).isEqualTo(-Errno.EACCES);
        assertThat(rig.statError("/closed/f")).isEqualTo(-Errno.EACCES);
        assertThat(rig.files.open("/secret", StorageRig.O_RDONLY, 0)).isEqualTo(-Errno.EACCES);
        assertThat(rig.files.unlink("/open/roots")).as("sticky").isEqualTo(-Errno.EPERM);
        assertThat(rig.files.unlink("/secret")).isEqualTo(-Errno.EACCES);
        FileService.Stat to = new FileService.Stat();
        to.mode = 0777;
        assertThat(rig.files.setattr("/secret", true, FileService.SET_MODE, to)).isEqualTo(-Errno.EPERM);
        assertThat(rig.files.setattr("/open/mine", true, FileService.SET_MODE, to)).isZero();
        assertThat(rig.files.unlink("/open/mine")).isZero();
    }

    @Test
    void sparseFilesStaySparse() {
        rig.files.open("/s", StorageRig.O_CREAT | StorageRig.O_RDWR, 0644);
        assertThat(rig.files.truncate("/s", 100L << 30)).isZero();
        assertThat(rig.write("/s", 50L << 30, "middle")).isZero();
        assertThat(rig.stat("/s").size).isEqualTo(100L << 30);
        assertThat(rig.stat("/s").blocks).isLessThan(1000);
        assertThat(rig.files.seek("/s", 0, 3)).as("SEEK_DATA").isEqualTo(50L << 30);
        assertThat(rig.files.seek("/s", 0, 4)).as("SEEK_HOLE").isZero();
        assertThat(rig.files.seek("/s", 60L << 30, 3)).isEqualTo(-Errno.ENXIO);
        assertThat(rig.files.fallocate("/s", PUNCH_HOLE_KEEP_SIZE, 50L << 30, 4096)).isZero();
        assertThat(rig.files.seek("/s", 0, 3)).isEqualTo(-Errno.ENXIO);
        assertThat(rig.files.truncate("/s", -1)).isEqualTo(-Errno.EINVAL);
        assertThat(rig.files.fallocate("/s", 0, 100L << 30, 8192)).isZero();
        assertThat(rig.stat("/s").size).isEqualTo((100L << 30) + 8192);
    }

    @Test
    void rangesAreCopiedAtTheServer() {
        rig.create("/a", "0123456789");
        rig.create("/b", "");
        assertThat(rig.files.copyRange("/a", 2, "/b", 4, 100)).isEqualTo(8);
        assertThat(rig.read("/b")).isEqualTo("\0\0\0\00023456789");
        assertThat(rig.files.copyRange("/a", 10, "/b", 0, 5)).isZero();
    }

    @Test
    void extendedAttributesAreKept() {
        rig.create("/f", "");
        byte[] value = "v\0w".getBytes(StandardCharsets.ISO_8859_1);
        byte[] got = new byte[100];
        assertThat(rig.files.getxattr("/f", true, "user.a", got)).isEqualTo(-Errno.ENODATA);
        assertThat(rig.files.setxattr("/f", true, "user.a", value, XATTR_CREATE)).isZero();
        assertThat(rig.files.setxattr("/f", true, "user.a", value, XATTR_CREATE)).isEqualTo(-Errno.EEXIST);
        assertThat(rig.files.setxattr("/f", true, "trusted.t", value, 0)).isZero();
        assertThat(rig.files.setxattr("/f", true, "security.capability", value, 0)).isZero();
        assertThat(rig.files.setxattr("/f", true, "system.posix_acl_access", value, 0)).isEqualTo(-Errno.EOPNOTSUPP);
        assertThat(rig.files.setxattr("/f", true, "user.legoos.owner", value, 0)).isEqualTo(-Errno.EPERM);
        assertThat(rig.files.getxattr("/f", true, "user.a", got)).isEqualTo(3);
        assertThat(new String(got, 0, 3, StandardCharsets.ISO_8859_1)).isEqualTo("v\0w");
        assertThat(rig.files.getxattr("/f", true, "user.a", new byte[0])).isEqualTo(3);
        assertThat(rig.files.getxattr("/f", true, "user.a", new byte[2])).isEqualTo(-Errno.ERANGE);
        int length = rig.files.listxattr("/f", true, got);
        assertThat(new String(got, 0, length, StandardCharsets.ISO_8859_1).split("\0"))
                .containsExactlyInAnyOrder("user.a", "trusted.t", "security.capability");
        assertThat(rig.files.removexattr("/f", true, "user.a")).isZero();
        assertThat(rig.files.removexattr("/f", true, "user.a")).isEqualTo(-Errno.ENODATA);
    }

    @Test
    void specialFilesAreInodesAndNothingIsOpened() {
        assertThat(rig.files.mknod("/fifo", S_IFIFO | 0640, 0)).isZero();
        assertThat(rig.stat("/fifo").mode).isEqualTo(S_IFIFO | 0640);
        FileService.Stat stat = new FileService.Stat();
        assertThat(rig.files.open("/fifo", StorageRig.O_RDONLY, 0, stat)).isZero();
        assertThat(stat.mode & 0170000).isEqualTo(S_IFIFO);
        assertThat(rig.read("/fifo")).isEqualTo("" + -Errno.EINVAL);
        assertThat(rig.files.mknod("/sock", 0140755, 0)).isZero();
        assertThat(rig.files.mknod("/null", S_IFCHR | 0666, 0x103)).isZero();
        assertThat(rig.stat("/null").mode).isEqualTo(S_IFCHR | 0666);
        assertThat(rig.stat("/null").rdev).isEqualTo(0x103);
        assertThat(rig.files.rename("/null", "/moved", 0)).isZero();
        assertThat(rig.stat("/moved").mode).isEqualTo(S_IFCHR | 0666);
        assertThat(rig.files.unlink("/moved")).isZero();
        assertThat(rig.files.mknod("/dir", S_IFDIR | 0755, 0)).isEqualTo(-Errno.EPERM);
        assertThat(rig.files.mknod("/reg", S_IFREG | 0600, 0)).isZero();
        assertThat(rig.stat("/reg").mode).isEqualTo(S_IFREG | 0600);
    }

    @Test
    void whatIsSyncedIsAnswered() {
        rig.create("/f", "x");
        assertThat(rig.files.fsync("/f", false)).isZero();
        assertThat(rig.files.fsync("/f", true)).isZero();
        assertThat(rig.files.fsync("/")).isZero();
        assertThat(rig.files.fsync("/none")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.syncfs("/")).isZero();
    }

    @Test
    void pathsThatAreNoneAreRefused() {
        for (String path : new String[] {"", "f", "/..", "/../etc/passwd", "/a/../../x", "//etc", "/./x", "/a/", "/a//b"}) {
            assertThat(rig.statError(path)).as("'" + path + "'").isEqualTo(-Errno.EINVAL);
        }
        assertThat(rig.statError("/" + "n".repeat(256))).isEqualTo(-Errno.ENOENT); // no such name can exist
        assertThat(rig.files.mkdir("/" + "n".repeat(256), 0755)).isEqualTo(-Errno.ENAMETOOLONG);
    }

    @Test
    void aRenameMayLeaveAWhiteout() {
        assertThat(rig.create("/a", "text")).isZero();
        assertThat(rig.files.rename("/a", "/b", WHITEOUT)).isZero();
        FileService.Stat left = rig.stat("/a");
        assertThat(left.mode & ~0777).isEqualTo(S_IFCHR);
        assertThat(left.rdev).isZero();
        assertThat(rig.files.rename("/b", "/a", WHITEOUT | NOREPLACE)).isEqualTo(-Errno.EEXIST);
        assertThat(rig.files.rename("/b", "/a", 0)).isZero();
        assertThat(rig.stat("/a").mode & ~0777).isNotEqualTo(S_IFCHR);
    }

    @Test
    void whoReplacesAFileIsToldWhich() {
        assertThat(rig.create("/a", "one")).isZero();
        assertThat(rig.create("/b", "two")).isZero();
        long replaced = rig.stat("/b").ino;
        assertThat(rig.files.rename("/a", "/b", 0)).isZero();
        assertThat(rig.files.takeRemoved()).as("so that its pages are given back").isNotNull()
                .satisfies(gone -> assertThat(gone.ino()).isEqualTo(replaced));
        assertThat(rig.files.rename("/b", "/c", 0)).isZero();
        assertThat(rig.files.takeRemoved()).isNull();
    }
}
