package org.legoos.managers.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.managers.memory.ramfs.RamfsImage;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.fs.FileIdentity;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileServiceClient;
import org.legoos.managers.processor.mm.AddressSpaces;
import org.legoos.managers.processor.mm.ProcessorMm;
import org.legoos.managers.processor.mm.ProgramRights;
import org.legoos.managers.processor.mm.UserMemory;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.rpc.LoopbackCluster;

/** The processor's side and the memory manager together: what one writes the other understands. */
class ProcessorAndMemoryTest {
    private static final long EXCACHE_BYTES = 1 << 20;
    private static final byte[] PROGRAM = MemoryManagerTest.program();

    private final LoopbackCluster cluster =
            new LoopbackCluster(2, 32 << 20, EXCACHE_BYTES, KConfig.defaults(), HostClock.instance());
    private final MemoryManager manager = MemoryManager.start(cluster.kernel(1), cluster.ibapi(1), new MemoryConfig(
            List.of(new MemoryConfig.GuestFile("/bin/prog", 0755, RamfsImage.of(PROGRAM)))));
    private final Pcache pcache = Pcache.start(
            cluster.kernel(0),
            cluster.ibapi(0),
            new PcacheConfig(2, PcacheConfig.Policy.LRU, PcacheConfig.Mechanism.PERSET_LIST, 4, 0, true, false, true, true, 1));
    private final ProcessorMm mm = new ProcessorMm(cluster.kernel(0), cluster.ibapi(0), pcache, "sse sse2", () -> 4);

    @AfterEach
    void close() {
        manager.stop();
        cluster.close();
        pcache.close();
    }

    private AddressSpaces.Image exec(String path) {
        ProgramRights rights = new ProgramRights(0, 0, 0, 0, false, -1, true);
        return mm.exec(1, rights, path, "", "prog", List.of("prog".getBytes(), "one".getBytes()), List.of("A=b".getBytes()));
    }

    @Test
    void aProgramFindsItsBytesAndItsStack() {
        AddressSpaces.Image image = exec("/bin/prog");
        assertThat(image.errno()).as(image.reason()).isZero();
        UserMemory user = image.space().newUserMemory();
        byte[] text = new byte[0x1800];
        assertThat(user.read(0x400000, text, 0, text.length)).isEqualTo(text.length);
        assertThat(text).isEqualTo(Arrays.copyOf(PROGRAM, text.length));
        byte[] data = new byte[0x2000];
        assertThat(user.read(0x402800, data, 0, data.length)).isEqualTo(data.length);
        byte[] expected = new byte[0x2000];
        System.arraycopy(PROGRAM, 0x1800, expected, 0, 0x1100);
        assertThat(data).as("data, then bss").isEqualTo(expected);
        assertThat(user.getLong(image.stackVa())).isEqualTo(2);
        assertThat(user.readString(user.getLong(image.stackVa() + 16), 100)).asString().isEqualTo("one");
        assertThat(user.putInt(0x400000, 1)).as("text is read-only").isFalse();
        image.space().release();
    }

    @Test
    void moreThanTheExcacheHoldsComesBackAndIsFreedAtTheEnd() {
        exec("/bin/prog").space().release(); // reads the file in
        long before = manager.usedBytes();
        AddressSpaces.Image image = exec("/bin/prog");
        UserMemory user = image.space().newUserMemory();
        int pages = (int) (4 * EXCACHE_BYTES / 4096);
        long va = image.space().mmap(0, pages * 4096L, 3, 0x22, null, 0);
        for (int i = 0; i < pages; i++) {
            assertThat(user.putLong(va + i * 4096L + 8, i * 3L)).isTrue();
        }
        for (int i = 0; i < pages; i++) {
            assertThat(user.getLong(va + i * 4096L + 8)).isEqualTo(i * 3L);
        }
        assertThat(manager.usedBytes()).isGreaterThan(before + pages * 4096L / 2);
        assertThat(user.putLong(image.stackVa() - (1 << 20), 9)).as("the stack grows").isTrue();
        assertThat(user.getLong(image.stackVa() - (1 << 20))).isEqualTo(9);
        image.space().release();
        assertThat(manager.usedBytes()).isEqualTo(before);
    }

    @Test
    void reasonsReachTheOneWhoAsked() {
        assertThat(exec("/bin/none").errno()).isEqualTo(2);
        assertThat(exec("/etc/passwd").errno()).isEqualTo(13);
        FileService files = new FileServiceClient(cluster.kernel(0), cluster.ibapi(0), new Credentials());
        assertThat(files.open("/tmp/text", 0101, 0755)).isZero();
        AddressSpaces.Image image = exec("/tmp/text");
        assertThat(image.errno()).isEqualTo(8);
        assertThat(image.reason()).isEqualTo("not an ELF file");
    }

    @Test
    void filesGoThroughTheClient() {
        FileService files = new FileServiceClient(cluster.kernel(0), cluster.ibapi(0), new Credentials());
        MemorySegment bytes = MemorySegment.ofArray(new byte[4096]);
        bytes.setString(0, "some text");
        assertThat(files.mkdir("/tmp/d", 0755)).isZero();
        assertThat(files.open("/tmp/d/f", 0102, 0640)).isZero();
        assertThat(files.write("/tmp/d/f", 5000, false, bytes, 0, 9)).isEqualTo(9);
        assertThat(files.newOffset()).isEqualTo(5009);
        long pa = cluster.kernel(0).frames().alloc();
        assertThat(files.read("/tmp/d/f", 5005, pa, 50)).isEqualTo(4);
        assertThat(cluster.kernel(0).memory().segment().getString(pa)).isEqualTo("text");
        assertThat(files.read("/tmp/d/f", 5007, pa, 1)).isEqualTo(1);
        assertThat(files.read("/tmp/d/f", 5009, pa, 50)).isZero();
        assertThat(files.read("/tmp/d/none", 0, pa, 50)).isEqualTo(-2);
        FileService.Stat stat = new FileService.Stat();
        assertThat(files.stat("/tmp/d/f", true, stat)).isZero();
        assertThat(stat.size).isEqualTo(5009);
        assertThat(stat.mode).isEqualTo(0100640);
        assertThat(stat.blocks).isEqualTo(8);
        assertThat(files.symlink("f", "/tmp/d/l")).isZero();
        assertThat(files.readlink("/tmp/d/l")).isEqualTo("f");
        assertThat(files.readlink("/tmp/d/f")).isNull();
        assertThat(files.lastErrno()).isEqualTo(22);
        assertThat(files.getdents("/tmp/d", 0, bytes, 0, 4096)).isEqualTo(4 * 24);
        assertThat(files.getdents("/tmp/d", files.nextPosition(), bytes, 0, 4096)).isZero();
        stat.mode = 0600;
        assertThat(files.setattr("/tmp/d/l", true, FileService.SET_MODE, stat)).isZero();
        files.stat("/tmp/d/f", true, stat);
        assertThat(stat.mode).isEqualTo(0100600);
        assertThat(files.rename("/tmp/d/f", "/tmp/g", 0)).isZero();
        assertThat(files.truncate(FileIdentity.UNKNOWN, "/tmp/g", 3)).isZero();
        assertThat(files.unlink("/tmp/d/l")).isZero();
        assertThat(files.rmdir("/tmp/d")).isZero();
        assertThat(files.stat("/tmp/d", true, stat)).isEqualTo(-2);
        assertThat(files.fsync(FileIdentity.UNKNOWN, "/tmp/g", false)).isZero();
        assertThat(files.stat("/tmp/" + "x".repeat(70_000), true, stat)).isEqualTo(-36);
    }
}
