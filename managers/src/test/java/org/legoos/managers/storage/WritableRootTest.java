package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.kernel.syscall.Errno;

/** A directory of the host that programs write. */
class WritableRootTest extends StorageContract {
    @TempDir
    private Path root;

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig = StorageRig.writable(root);
    }

    @Test
    void theHostSeesWhatProgramsDoAndTheOtherWayRound() throws IOException {
        rig.create("/guest", "from the guest");
        assertThat(Files.readString(root.resolve("guest"))).isEqualTo("from the guest");
        Files.writeString(root.resolve("host"), "from the host");
        assertThat(rig.read("/host")).isEqualTo("from the host");
        assertThat(rig.list("/", 4096)).containsExactlyInAnyOrder("guest", "host");
    }

    @Test
    void nothingIsLeftBesideTheFiles() throws IOException {
        rig.create("/f", "");
        rig.files.rename("/f", "/.lego-deleted-1", 0);
        assertThat(Files.exists(root.resolve(".lego-storage"))).isTrue();
        rig.close();
        rig = null;
        try (var left = Files.list(root)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void ourOwnDirectoryIsNobodyElses() {
        rig.create("/f", "");
        rig.files.rename("/f", "/.lego-deleted-1", 0);
        assertThat(rig.statError("/.lego-storage")).isEqualTo(-Errno.ENOENT);
        assertThat(rig.files.mkdir("/.lego-storage", 0755)).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void readOnlyIsReadOnly() throws IOException {
        Files.writeString(root.resolve("f"), "text");
        try (StorageRig readOnly = StorageRig.readOnly(root)) {
            assertThat(readOnly.read("/f")).isEqualTo("text");
            assertThat(readOnly.files.open("/f", StorageRig.O_RDWR, 0)).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.write("/f", 0, "x")).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.create("/g", "")).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.unlink("/f")).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.mkdir("/d", 0755)).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.rename("/f", "/h", 0)).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.truncate("/f", 0)).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.setattr("/f", true, 1, new org.legoos.managers.processor.fs.FileService.Stat())).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.symlink("x", "/l")).isEqualTo(-Errno.EROFS);
            assertThat(readOnly.files.link("/f", "/l")).isEqualTo(-Errno.EROFS);
        }
    }
}
