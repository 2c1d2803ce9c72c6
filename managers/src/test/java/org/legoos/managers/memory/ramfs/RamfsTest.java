package org.legoos.managers.memory.ramfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.managers.memory.UserFrames;
import org.legoos.managers.rpc.Caller;
import org.legoos.managers.rpc.StatRecord;
import org.legoos.managers.rpc.StatfsRecord;

/** What Linux's file system calls answer, seen through ramfs. */
class RamfsTest {
    private static final int SIZE = 8 << 20;
    private static final long SCRATCH_PA = SIZE;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_TRUNC = 01000;
    private static final int O_DIRECTORY = 0200000;
    private static final int O_NOFOLLOW = 0400000;
    private static final int ENOENT = -2;
    private static final int EPERM = -1;
    private static final int EACCES = -13;
    private static final int EEXIST = -17;
    private static final int ENOTDIR = -20;
    private static final int EISDIR = -21;
    private static final int EINVAL = -22;
    private static final int EFBIG = -27;
    private static final int ENOSPC = -28;
    private static final int ENAMETOOLONG = -36;
    private static final int ENOTEMPTY = -39;
    private static final int ELOOP = -40;

    private final PhysicalMemory memory = PhysicalMemory.ofSize(SIZE + (1 << 20));
    private final UserFrames frames = new UserFrames(new FrameAllocator(memory, 4096, SIZE - 4096));
    private final VirtualClock clock = new VirtualClock();
    private final Ramfs fs = new Ramfs(memory, frames, clock);
    private final MemorySegment stat = MemorySegment.ofArray(new byte[4096]);
    private final long[] position = new long[1];

    @AfterEach
    void close() {
        memory.close();
    }

    private int create(String path) {
        return fs.open(path, O_CREAT | O_WRONLY, 0644, Caller.ROOT);
    }

    private int write(String path, long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        memory.write(SCRATCH_PA, bytes, 0, bytes.length);
        return fs.write(path, offset, false, SCRATCH_PA, bytes.length, position);
    }

    private String read(String path, long offset, int length) {
        int got = fs.read(path, offset, SCRATCH_PA, length);
        byte[] bytes = new byte[Math.max(0, got)];
        memory.read(SCRATCH_PA, bytes, 0, bytes.length);
        return got < 0 ? "errno " + got : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private long size(String path) {
        int error = fs.stat(path, false, Caller.ROOT, stat, 0);
        return error != 0 ? error : StatRecord.SIZE.get(stat, 0);
    }

    private long nlink(String path) {
        fs.stat(path, false, Caller.ROOT, stat, 0);
        return StatRecord.NLINK.get(stat, 0);
    }

    @Test
    void openCreatesAndRefusesAsLinux() {
        assertThat(fs.open("/f", 0, 0, Caller.ROOT)).isEqualTo(ENOENT);
        assertThat(fs.open("/none/f", O_CREAT, 0644, Caller.ROOT)).isEqualTo(ENOENT);
        assertThat(create("/f")).isZero();
        assertThat(fs.open("/f", O_CREAT | O_EXCL, 0644, Caller.ROOT)).isEqualTo(EEXIST);
        assertThat(fs.open("/f/g", O_CREAT, 0644, Caller.ROOT)).isEqualTo(ENOTDIR);
        assertThat(fs.open("/f/", 0, 0, Caller.ROOT)).isEqualTo(ENOTDIR);
        assertThat(fs.open("/new/", O_CREAT, 0644, Caller.ROOT)).isEqualTo(EISDIR);
        assertThat(fs.open("/", O_WRONLY, 0, Caller.ROOT)).isEqualTo(EISDIR);
        assertThat(fs.open("/", O_DIRECTORY, 0, Caller.ROOT)).isZero();
        assertThat(fs.open("/f", O_DIRECTORY, 0, Caller.ROOT)).isEqualTo(ENOTDIR);
        assertThat(fs.open("/" + "n".repeat(256), O_CREAT, 0644, Caller.ROOT)).isEqualTo(ENAMETOOLONG);
        assertThat(fs.open("/" + "n".repeat(255), O_CREAT, 0644, Caller.ROOT)).isZero();
        assertThat(fs.open("/a".repeat(2048), 0, 0, Caller.ROOT)).isEqualTo(ENAMETOOLONG);
        assertThat(fs.open("", 0, 0, Caller.ROOT)).isEqualTo(ENOENT);
        write("/f", 0, "abc");
        assertThat(fs.open("/f", O_WRONLY | O_TRUNC, 0, Caller.ROOT)).isZero();
        assertThat(size("/f")).isZero();
    }

    @Test
    void filesMayHaveHoles() {
        create("/f");
        long used = frames.usedBytes();
        assertThat(write("/f", 1L << 40, "end")).isEqualTo(3);
        assertThat(size("/f")).isEqualTo((1L << 40) + 3);
        assertThat(StatRecord.BLOCKS.get(stat, 0)).isEqualTo(8);
        assertThat(frames.usedBytes() - used).isEqualTo(4096);
        assertThat(read("/f", 12345, 4)).isEqualTo("\0\0\0\0");
        assertThat(read("/f", (1L << 40) - 2, 100)).isEqualTo("\0\0end");
        assertThat(read("/f", (1L << 40) + 3, 100)).isEmpty();
        assertThat(read("/f", -5, 100)).isEmpty();
        assertThat(write("/f", Long.MAX_VALUE - 1, "x")).isEqualTo(EFBIG);
        assertThat(write("/f", -1, "x")).isEqualTo(EFBIG);
    }

    @Test
    void truncationZeroesWhatWasThere() {
        create("/f");
        write("/f", 0, "x".repeat(5000));
        assertThat(fs.truncate("/f", 10)).isZero();
        assertThat(fs.truncate("/f", 6000)).isZero();
        assertThat(read("/f", 8, 4)).isEqualTo("xx\0\0");
        assertThat(read("/f", 4990, 4)).isEqualTo("\0\0\0\0");
        assertThat(fs.truncate("/f", -1)).isEqualTo(EINVAL);
        assertThat(fs.truncate("/f", Long.MAX_VALUE)).isEqualTo(EFBIG);
        assertThat(fs.truncate("/", 0)).isEqualTo(EISDIR);
        long used = frames.usedBytes();
        fs.truncate("/f", 0);
        assertThat(frames.usedBytes()).isLessThan(used);
    }

    @Test
    void appendGoesToTheEnd() {
        create("/f");
        write("/f", 0, "abc");
        memory.write(SCRATCH_PA, "def".getBytes(), 0, 3);
        assertThat(fs.write("/f", 0, true, SCRATCH_PA, 3, position)).isEqualTo(3);
        assertThat(position[0]).isEqualTo(6);
        assertThat(read("/f", 0, 10)).isEqualTo("abcdef");
    }

    @Test
    void aFullNodeIsNoSpaceAndWhatWasWrittenStays() {
        create("/f");
        memory.write(SCRATCH_PA, new byte[65536], 0, 65536);
        long at = 0;
        int got;
        while ((got = fs.write("/f", at, false, SCRATCH_PA, 65536, position)) == 65536) {
            at += got;
        }
        assertThat(at).isBetween((long) SIZE / 2, (long) SIZE);
        assertThat(fs.write("/f", at + Math.max(0, got), false, SCRATCH_PA, 4096, position)).isEqualTo(ENOSPC);
        assertThat(fs.names(Caller.ROOT, n -> n.unlink("/f"))).isZero();
        assertThat(frames.usedBytes()).isZero();
        assertThat(fs.statfs("/", stat, 0)).isZero();
        assertThat(StatfsRecord.BLOCKS_FREE.get(stat, 0)).isEqualTo(StatfsRecord.BLOCKS.get(stat, 0));
    }

    @Test
    void namesHaveAQuota() {
        int made = 0;
        while (made < 100_000 && create("/file-" + made) == 0) {
            made++;
        }
        assertThat(made).isBetween(1000, 5000);
        assertThat(create("/one-more")).isEqualTo(ENOSPC);
        assertThat(fs.names(Caller.ROOT, n -> n.unlink("/file-0"))).isZero();
        assertThat(create("/one")).isZero();
    }

    @Test
    void linksCountNames() {
        create("/a");
        write("/a", 0, "data");
        assertThat(fs.names(Caller.ROOT, n -> n.link("/a", "/b"))).isZero();
        assertThat(nlink("/a")).isEqualTo(2);
        assertThat(fs.names(Caller.ROOT, n -> n.link("/a", "/b"))).isEqualTo(EEXIST);
        assertThat(fs.names(Caller.ROOT, n -> n.link("/", "/c"))).isEqualTo(-1);
        assertThat(fs.names(Caller.ROOT, n -> n.unlink("/a"))).isZero();
        assertThat(read("/b", 0, 10)).isEqualTo("data");
        assertThat(nlink("/b")).isEqualTo(1);
        assertThat(fs.names(Caller.ROOT, n -> n.unlink("/b"))).isZero();
        assertThat(frames.usedBytes()).isZero();
    }

    @Test
    void directoriesNest() {
        assertThat(fs.names(Caller.ROOT, n -> n.mkdir("/d", 0755))).isZero();
        assertThat(fs.names(Caller.ROOT, n -> n.mkdir("/d/e/", 0755))).isZero();
        assertThat(nlink("/d")).isEqualTo(3);
        assertThat(fs.names(Caller.ROOT, n -> n.rmdir("/d"))).isEqualTo(ENOTEMPTY);
        assertThat(fs.names(Caller.ROOT, n -> n.unlink("/d/e"))).isEqualTo(EISDIR);
        assertThat(fs.names(Caller.ROOT, n -> n.rmdir("/"))).isEqualTo(-16);
        assertThat(fs.stat("/d/e/../../d/./e", true, Caller.ROOT, stat, 0)).isZero();
        assertThat(fs.names(Caller.ROOT, n -> n.rmdir("/d/e"))).isZero();
        assertThat(fs.names(Caller.ROOT, n -> n.rmdir("/d"))).isZero();
        assertThat(fs.names(Caller.ROOT, n -> n.rmdir("/d"))).isEqualTo(ENOENT);
    }

    @Test
    void symbolicLinksAreFollowedToALimit() {
        create("/target");
        write("/target", 0, "t");
        fs.names(Caller.ROOT, n -> n.mkdir("/d", 0755));
        assertThat(fs.names(Caller.ROOT, n -> n.symlink("../target", "/d/link"))).isZero();
        assertThat(read("/d/link", 0, 9)).isEqualTo("t");
        assertThat(fs.readlink("/d/link", Caller.ROOT)).isEqualTo("../target");
        assertThat(fs.readlink("/target", Caller.ROOT)).isNull();
        assertThat(size("/d/link")).as("lstat").isEqualTo(9);
        assertThat(fs.open("/d/link", O_NOFOLLOW, 0, Caller.ROOT)).isEqualTo(ELOOP);
        fs.names(Caller.ROOT, n -> n.symlink("/loop", "/loop"));
        assertThat(read("/loop", 0, 1)).isEqualTo("errno " + ELOOP);
        fs.names(Caller.ROOT, n -> n.symlink("/made", "/dangling"));
        assertThat(create("/dangling")).as("creates what the link names").isZero();
        assertThat(size("/made")).isZero();
        assertThat(fs.open("/dangling", O_CREAT | O_EXCL, 0644, Caller.ROOT)).isEqualTo(EEXIST);
        fs.names(Caller.ROOT, n -> n.symlink("/d", "/dir-link"));
        assertThat(fs.stat("/dir-link/link", false, Caller.ROOT, stat, 0)).isZero();
        for (int i = 1; i <= 41; i++) {
            String target = i == 1 ? "/target" : "/s" + (i - 1);
            String link = "/s" + i;
            fs.names(Caller.ROOT, n -> n.symlink(target, link));
        }
        assertThat(read("/s40", 0, 9)).isEqualTo("t");
        assertThat(read("/s41", 0, 9)).isEqualTo("errno " + ELOOP);
    }

    @Test
    void renameReplacesAtomicallyAndRefusesNonsense() {
        create("/a");
        create("/b");
        write("/a", 0, "from a");
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/a", "/b", 1))).as("RENAME_NOREPLACE").isEqualTo(EEXIST);
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/a", "/b", 0))).isZero();
        assertThat(read("/b", 0, 9)).isEqualTo("from a");
        assertThat(size("/a")).isEqualTo(ENOENT);
        fs.names(Caller.ROOT, n -> n.mkdir("/d", 0755));
        fs.names(Caller.ROOT, n -> n.mkdir("/d/sub", 0755));
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/d", "/d/sub/x", 0))).isEqualTo(EINVAL);
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/b", "/d", 0))).isEqualTo(EISDIR);
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/d", "/b", 0))).isEqualTo(ENOTDIR);
        fs.names(Caller.ROOT, n -> n.mkdir("/empty", 0755));
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/empty", "/d", 0))).isEqualTo(ENOTEMPTY);
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/d", "/empty", 0))).isZero();
        assertThat(fs.stat("/empty/sub", true, Caller.ROOT, stat, 0)).isZero();
        assertThat(fs.stat("/empty/sub/..", true, Caller.ROOT, stat, 0)).isZero();
        assertThat(nlink("/")).isEqualTo(3);
        assertThat(fs.names(Caller.ROOT, n -> n.rename("/b", "/b", 0))).isZero();
    }

    @Test
    void listingInPiecesShowsEachNameOnce() {
        fs.names(Caller.ROOT, n -> n.mkdir("/d", 0755));
        for (int i = 0; i < 50; i++) {
            create("/d/file" + i);
        }
        List<String> names = new ArrayList<>();
        long next = 0;
        int got;
        while ((got = fs.getdents("/d", next, stat, 0, 100, position)) > 0) {
            ByteBuffer b = stat.asSlice(0, got).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            while (at < got) {
                int end = at + 19;
                while (b.get(end) != 0) {
                    end++;
                }
                byte[] name = new byte[end - at - 19];
                b.get(at + 19, name);
                names.add(new String(name));
                assertThat(b.get(at + 18)).isEqualTo((byte) (names.size() <= 2 ? 4 : 8));
                at += b.getShort(at + 16);
            }
            next = position[0];
            String last = names.getLast();
            fs.names(Caller.ROOT, n -> n.unlink("/d/" + last)); // as rm -r does
        }
        assertThat(got).isZero();
        assertThat(names).hasSize(52).doesNotHaveDuplicates().startsWith(".", "..", "file0");
        assertThat(fs.getdents("/d", 0, stat, 0, 8, position)).isEqualTo(EINVAL);
        assertThat(fs.getdents("/d/file1", 0, stat, 0, 100, position)).isIn(ENOENT, ENOTDIR);
    }

    @Test
    void permissionsBindOthersThanRoot() {
        fs.names(Caller.ROOT, n -> n.mkdir("/private", 0700));
        create("/private/f");
        assertThat(fs.open("/private/f", 0, 0, new Caller(1000, 1000))).isEqualTo(EACCES);
        create("/readable");
        assertThat(fs.open("/readable", 0, 0, new Caller(1000, 1000))).isZero();
        assertThat(fs.open("/readable", O_WRONLY, 0, new Caller(1000, 1000))).isEqualTo(EACCES);
        assertThat(fs.open("/mine", O_CREAT, 0600, new Caller(1000, 1000))).isEqualTo(EACCES);
        fs.names(Caller.ROOT, n -> n.mkdir("/tmp", 01777));
        assertThat(fs.open("/tmp/mine", O_CREAT, 0600, new Caller(1000, 1000))).isZero();
        assertThat(fs.names(new Caller(1001, 1001), n -> n.unlink("/tmp/mine"))).as("sticky").isEqualTo(EPERM);
        StatRecord.MODE.set(stat, 512, 0644);
        assertThat(fs.setattr("/tmp/mine", true, StatRecord.SET_MODE, new Caller(1001, 1001), stat, 512)).isEqualTo(-1);
        assertThat(fs.setattr("/tmp/mine", true, StatRecord.SET_MODE, new Caller(1000, 1000), stat, 512)).isZero();
        fs.stat("/tmp/mine", true, Caller.ROOT, stat, 0);
        assertThat(StatRecord.MODE.get(stat, 0)).isEqualTo(0100644);
        assertThat(fs.access("/readable", 1, Caller.ROOT)).as("nobody may execute it, not even root").isEqualTo(EACCES);
    }

    @Test
    void imageFilesAreReadWhenUsedFirst() {
        int[] reads = new int[1];
        byte[] content = "from outside ".repeat(1000).getBytes();
        assertThat(fs.addFile("/usr/bin/prog", 0755, new RamfsImage() {
            @Override
            public long sizeBytes() {
                return content.length;
            }

            @Override
            public void read(long offset, byte[] to, int lengthBytes) {
                reads[0]++;
                System.arraycopy(content, (int) offset, to, 0, lengthBytes);
            }
        })).isZero();
        assertThat(size("/usr/bin/prog")).isEqualTo(content.length);
        assertThat(reads[0]).isZero();
        assertThat(read("/usr/bin/prog", 0, 20_000)).isEqualTo(new String(content));
        int once = reads[0];
        read("/usr/bin/prog", 0, 20_000);
        assertThat(reads[0]).isEqualTo(once);
    }

    @Test
    void timesFollowTheClock() {
        create("/f");
        fs.stat("/f", true, Caller.ROOT, stat, 0);
        long madeNs = StatRecord.MTIME_NS.get(stat, 0);
        clock.advanceTo(clock.nowNs() + 5_000_000);
        write("/f", 0, "x");
        fs.stat("/f", true, Caller.ROOT, stat, 0);
        assertThat(StatRecord.MTIME_NS.get(stat, 0)).isEqualTo(madeNs + 5_000_000);
        StatRecord.ATIME_NS.set(stat, 512, 12345);
        fs.setattr("/f", true, StatRecord.SET_ATIME, Caller.ROOT, stat, 512);
        fs.stat("/f", true, Caller.ROOT, stat, 0);
        assertThat(StatRecord.ATIME_NS.get(stat, 0)).isEqualTo(12345);
    }
}
