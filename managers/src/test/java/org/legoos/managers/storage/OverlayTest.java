package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.fs.FileService;

/** An overlay: programs see the host's directory with their changes, and the directory stays as it was. */
class OverlayTest extends StorageContract {
    @TempDir
    private Path lower;

    @TempDir
    private Path changes;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(lower.resolve("low/sub"));
        Files.writeString(lower.resolve("low/f"), "lower");
        Files.writeString(lower.resolve("low/sub/g"), "deep");
        Files.createSymbolicLink(lower.resolve("low/l"), Path.of("f"));
        rig = StorageRig.overlay(lower, changes);
    }

    private void restart() {
        rig.close();
        rig = StorageRig.overlay(lower, changes);
    }

    private void assertLowerIsUntouched() throws IOException {
        assertThat(Files.readString(lower.resolve("low/f"))).isEqualTo("lower");
        assertThat(Files.readString(lower.resolve("low/sub/g"))).isEqualTo("deep");
        try (var all = Files.walk(lower)) {
            assertThat(all.map(lower::relativize).map(Path::toString)).containsExactlyInAnyOrder("", "low", "low/f", "low/l", "low/sub", "low/sub/g");
        }
    }

    @Test
    void whatIsWrittenIsCopiedFirst() throws IOException {
        long ino = rig.stat("/low/sub/g").ino;
        assertThat(rig.read("/low/sub/g")).isEqualTo("deep");
        assertThat(rig.append("/low/sub/g", "er")).isEqualTo(2);
        assertThat(rig.read("/low/sub/g")).isEqualTo("deeper");
        assertThat(rig.stat("/low/sub/g").ino).as("a copy keeps its number").isEqualTo(ino);
        assertThat(Files.readString(changes.resolve("upper/low/sub/g"))).isEqualTo("deeper");
        assertLowerIsUntouched();
        restart();
        assertThat(rig.read("/low/sub/g")).isEqualTo("deeper");
        assertThat(rig.list("/low", 4096)).containsExactlyInAnyOrder("f", "l", "sub");
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        assertThat(rig.files.unlink("/low/f")).isZero();
        assertThat(rig.statError("/low/f")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.read("/low/f")).isEqualTo("" + -Errno.ENOENT);
        assertThat(rig.list("/low", 4096)).containsExactlyInAnyOrder("l", "sub");
        restart();
        assertThat(rig.statError("/low/f")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.create("/low/f", "new")).isZero();
        assertThat(rig.read("/low/f")).isEqualTo("new");
        assertThat(rig.files.unlink("/low/f")).isZero();
        assertThat(rig.statError("/low/f")).isEqualTo(-Errno.ENOENT);
        assertLowerIsUntouched();
    }

    @Test
    void aDirectoryMadeAgainIsEmpty() throws IOException {
        assertThat(rig.files.rmdir("/low/sub")).isEqualTo(-Errno.ENOTEMPTY);
        assertThat(rig.files.unlink("/low/sub/g")).isZero();
        assertThat(rig.files.rmdir("/low/sub")).isZero();
        assertThat(rig.statError("/low/sub/g")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.mkdir("/low/sub", 0755)).isZero();
        assertThat(rig.list("/low/sub", 4096)).isEmpty();
        assertThat(rig.statError("/low/sub/g")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.create("/low/sub/g", "mine")).isZero();
        restart();
        assertThat(rig.read("/low/sub/g")).isEqualTo("mine");
        assertLowerIsUntouched();
    }

    @Test
    void renamesLeaveNothingBehind() throws IOException {
        assertThat(rig.files.rename("/low/f", "/moved", 0)).isZero();
        assertThat(rig.read("/moved")).isEqualTo("lower");
        assertThat(rig.statError("/low/f")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.rename("/low", "/high", 0)).as("as Linux's overlayfs").isEqualTo(-Errno.EXDEV);
        assertThat(rig.files.mkdir("/new", 0755)).isZero();
        assertThat(rig.create("/new/x", "x")).isZero();
        assertThat(rig.files.unlink("/low/sub/g")).isZero();
        assertThat(rig.files.rename("/new", "/low/sub", 0)).isZero();
        assertThat(rig.list("/low/sub", 4096)).containsExactly("x");
        restart();
        assertThat(rig.list("/low/sub", 4096)).containsExactly("x");
        assertThat(rig.read("/moved")).isEqualTo("lower");
        assertLowerIsUntouched();
    }

    @Test
    void attributesAndLinksCopyToo() throws IOException {
        FileService.Stat to = new FileService.Stat();
        to.mode = 0600;
        long before = rig.stat("/low/f").mtimeNs;
        assertThat(rig.files.setattr("/low/f", true, FileService.SET_MODE, to)).isZero();
        assertThat(rig.stat("/low/f").mode & 07777).isEqualTo(0600);
        assertThat(rig.stat("/low/f").mtimeNs).isEqualTo(before);
        assertThat(rig.read("/low/f")).isEqualTo("lower");
        assertThat(rig.files.link("/low/sub/g", "/g2")).isZero();
        assertThat(rig.stat("/g2").ino).isEqualTo(rig.stat("/low/sub/g").ino);
        assertThat(rig.files.rename("/low/l", "/low/k", 0)).isZero();
        assertThat(rig.files.readlink("/low/k")).isEqualTo("f");
        assertThat(rig.statError("/low/l")).isEqualTo(-Errno.ENOENT);
        assertLowerIsUntouched();
    }

    @Test
    void truncatingCopiesNoMoreThanNeeded() throws IOException {
        assertThat(rig.files.open("/low/f", StorageRig.O_WRONLY | StorageRig.O_TRUNC, 0)).isZero();
        assertThat(rig.stat("/low/f").size).isZero();
        assertThat(rig.files.truncate("/low/sub/g", 2)).isZero();
        assertThat(rig.read("/low/sub/g")).isEqualTo("de");
        assertLowerIsUntouched();
    }

    @Test
    void namesOfWhiteoutsAreNotToBeHad() {
        assertThat(rig.create("/.wh.x", "")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.statError("/.wh.x")).isEqualTo(-Errno.ENOENT);
        rig.create("/y", "");
        assertThat(rig.files.rename("/y", "/.wh.y", 0)).isNegative();
    }

    @Test
    void anOverlayIsOneClustersOnly() {
        assertThatThrownBy(() -> StorageRig.overlay(lower, changes)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("in use");
    }
}
