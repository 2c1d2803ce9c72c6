package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.FileService;

/** A directory of an ordinary user of the host, who may give files to nobody: owners are kept beside the files. */
class KeptOwnersTest extends StorageContract {
    private static final int S_IFBLK = 0060000;
    private static final int S_IFSOCK = 0140000;

    @TempDir
    private Path root;
    @TempDir
    private Path changes;

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig = StorageRig.keepingOwners(root, null);
    }

    private int chown(String path, int uid, int gid) {
        FileService.Stat to = new FileService.Stat();
        to.uid = uid;
        to.gid = gid;
        return rig.files.setattr(path, false, FileService.SET_UID | FileService.SET_GID, to);
    }

    private int chmod(String path, int mode) {
        FileService.Stat to = new FileService.Stat();
        to.mode = mode;
        return rig.files.setattr(path, false, FileService.SET_MODE, to);
    }

    private String shown(String path) {
        FileService.Stat stat = rig.stat(path);
        return Integer.toOctalString(stat.mode) + " " + stat.uid + ":" + stat.gid + (stat.rdev == 0 ? "" : " " + Long.toHexString(stat.rdev));
    }

    /** One of each kind, owned by somebody. @return their paths */
    private List<String> makeAll() {
        assertThat(rig.create("/file", "text")).isZero();
        assertThat(rig.files.mkdir("/dir", 0750)).isZero();
        assertThat(rig.files.symlink("nowhere", "/link")).isZero();
        assertThat(rig.files.mknod("/fifo", S_IFIFO | 0640, 0)).isZero();
        assertThat(rig.files.mknod("/sock", S_IFSOCK | 0600, 0)).isZero();
        assertThat(rig.files.mknod("/null", S_IFCHR | 0666, 0x103)).isZero();
        assertThat(rig.files.mknod("/disk", S_IFBLK | 0660, 0x800)).isZero();
        List<String> all = List.of("/file", "/dir", "/link", "/fifo", "/sock", "/null", "/disk");
        for (int i = 0; i < all.size(); i++) {
            assertThat(chown(all.get(i), 1000 + i, 2000 + i)).as(all.get(i)).isZero();
        }
        return all;
    }

    private List<String> shownAll(List<String> paths) {
        return paths.stream().map(this::shown).toList();
    }

    private static final List<String> MADE = List.of("100644 1000:2000", "40750 1001:2001", "120777 1002:2002", "10640 1003:2003",
            "140600 1004:2004", "20666 1005:2005 103", "60660 1006:2006 800");

    @Test
    void everyKindHasAnOwner() {
        assertThat(shownAll(makeAll())).isEqualTo(MADE);
    }

    @Test
    void whatTheUserMadeReadOnlyIsWritableForProgramsAsRoot() throws IOException {
        Path directory = Files.createDirectory(root.resolve("ro"));
        Path file = Files.writeString(directory.resolve("f"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(rig.create("/ro/new", "text")).isZero();
        assertThat(shown("/ro")).isEqualTo("40555 0:0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwxr-xr-x");
        assertThat(rig.files.rename("/ro/f", "/ro/g", 0)).isZero();
        assertThat(shown("/ro/g")).isEqualTo("100444 0:0");
    }

    @Test
    void aRestartedNodeKnowsThemAll() {
        List<String> all = makeAll();
        rig.close();
        rig = StorageRig.keepingOwners(root, null);
        assertThat(shownAll(all)).isEqualTo(MADE);
    }

    @Test
    void ownersFollowRenamesAndHardLinks() {
        for (String path : makeAll()) {
            String before = shown(path);
            assertThat(rig.files.rename(path, path + "2", 0)).isZero();
            assertThat(shown(path + "2")).isEqualTo(before);
            if (!path.equals("/dir")) {
                assertThat(rig.files.link(path + "2", path)).isZero();
                assertThat(chown(path, 7, 8)).isZero();
                assertThat(shown(path + "2")).isEqualTo(shown(path)).contains(" 7:8");
            }
        }
    }

    @Test
    void modesThatTheHostsUserCouldNotWorkWith() {
        for (String path : makeAll()) {
            for (int mode : path.equals("/link") ? new int[0] : new int[] {0, 07777, 0111, 0500}) {
                assertThat(chmod(path, mode)).isZero();
                assertThat(rig.stat(path).mode & 07777).as(path).isEqualTo(mode);
            }
        }
        assertThat(rig.read("/file")).isEqualTo("text");
        assertThat(rig.create("/dir/in", "")).isZero();
    }

    @Test
    void recordsGoWithTheFiles() throws IOException {
        List<String> all = makeAll();
        Path table = root.resolve(".lego-storage/owners");
        assertThat(records(table)).isEqualTo(5);
        assertThat(rig.files.link("/null", "/null2")).isZero();
        assertThat(rig.files.rename("/file", "/fifo", 0)).isZero();
        assertThat(rig.files.rmdir("/dir")).isZero();
        for (String path : all.subList(2, all.size())) {
            rig.files.unlink(path);
        }
        assertThat(records(table)).as("one has a name left").isEqualTo(1);
        assertThat(shown("/null2")).isEqualTo(MADE.get(5));
        rig.files.unlink("/null2");
        assertThat(records(table)).isZero();
    }

    private static long records(Path table) throws IOException {
        try (var entries = Files.list(table)) {
            return entries.count();
        }
    }

    @Test
    void copiesInAnOverlayKeepOwnersAndTypes() {
        List<String> all = makeAll();
        try (StorageRig overlay = StorageRig.keepingOwners(root, changes)) {
            StorageRig below = rig;
            rig = overlay;
            assertThat(shownAll(all)).isEqualTo(MADE);
            for (String path : all) {
                FileService.Stat times = new FileService.Stat();
                assertThat(rig.files.setattr(path, false, FileService.SET_MTIME_NOW | FileService.SET_ATIME_NOW, times)).isZero();
            }
            assertThat(shownAll(all)).as("copied up").isEqualTo(MADE);
            assertThat(chown("/null", 5, 6)).isZero();
            assertThat(shown("/null")).isEqualTo("20666 5:6 103");
            assertThat(rig.statError("/.lego-storage")).isEqualTo(-Errno.ENOENT);
            rig = below;
            assertThat(shownAll(all)).isEqualTo(MADE);
        }
    }

    @Test
    void noLinkLeadsTheTableElsewhere() throws IOException {
        Path outside = Files.createDirectory(changes.resolve("outside"));
        Files.createSymbolicLink(root.resolve(".lego-storage"), outside);
        rig.close();
        rig = StorageRig.keepingOwners(root, null);
        assertThat(rig.files.symlink("x", "/link")).isZero();
        assertThat(chown("/link", 1, 1)).isZero();
        assertThat(records(outside)).isZero();
        assertThat(Files.exists(root.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
