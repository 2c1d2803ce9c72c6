package org.legoos.managers.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.managers.memory.ramfs.RamfsImage;
import org.legoos.managers.rpc.Header;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.rpc.MemoryStatus;
import org.legoos.managers.rpc.Opcode;
import org.legoos.managers.rpc.RpcPort;

class MemoryManagerTest {
    private static final int ANON = 0x22;
    private static final int RW = 3;
    private static final int EIO = 5;
    private static final int ENOMEM = 12;
    private static final int EFAULT = 14;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int ESRCH = 3;
    private static final int TEXT_BYTES = 0x1800;

    private final LoopbackCluster cluster = new LoopbackCluster(3, 32 << 20);
    private final MemoryClient client = new MemoryClient(cluster, 0);
    private MemoryManager manager;

    /** A program: text of random bytes, data and bss; entry in the text. */
    static byte[] program() {
        byte[] file = new byte[0x3000];
        new Random(7).nextBytes(file);
        ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        b.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
        b.putShort(16, (short) 2).putShort(18, (short) 62).putLong(24, 0x400100).putLong(32, 64);
        b.putShort(54, (short) 56).putShort(56, (short) 2);
        long[][] loads = {{5, 0, 0x400000, TEXT_BYTES, TEXT_BYTES}, {6, 0x1800, 0x402800, 0x1100, 0x4000}};
        for (int i = 0; i < 2; i++) {
            int at = 64 + i * 56;
            b.putInt(at, 1).putInt(at + 4, (int) loads[i][0]).putLong(at + 8, loads[i][1]);
            b.putLong(at + 16, loads[i][2]).putLong(at + 32, loads[i][3]).putLong(at + 40, loads[i][4]).putLong(at + 48, 0x1000);
        }
        return file;
    }

    @BeforeEach
    void start() {
        manager = MemoryManager.start(cluster.kernel(1), cluster.ibapi(1), new MemoryConfig(List.of(
                new MemoryConfig.GuestFile("/bin/prog", 0755, RamfsImage.of(program())),
                new MemoryConfig.GuestFile("/opt/data/text", 0644, RamfsImage.of("0123456789".repeat(1000).getBytes())))));
    }

    @AfterEach
    void stop() {
        assertThat(cluster.ibapi(1).outstandingMessages()).as("messages neither replied to nor freed").isZero();
        manager.stop();
        cluster.close();
    }

    private MemoryClient.Exec exec(int pid) {
        MemoryClient.Exec exec = client.exec(pid, "/bin/prog", 0, List.of("prog", "arg"), List.of("A=b"));
        assertThat(exec.status()).as(exec.reason()).isZero();
        return exec;
    }

    private byte[] page() {
        byte[] page = new byte[4096];
        client.memory.read(client.replyPa, page, 0, 4096);
        return page;
    }

    @Test
    void execMakesTheRangesThatLinuxMakes() {
        MemoryClient.Exec exec = exec(10);
        assertThat(exec.entryVa()).isEqualTo(0x400100);
        assertThat(exec.brkVa()).isEqualTo(0x407000);
        assertThat(exec.ranges()).extracting(MemoryClient.Range::name).containsExactly("/bin/prog", "/bin/prog", "", "[stack]");
        assertThat(exec.ranges().get(0)).isEqualTo(new MemoryClient.Range(0x400000, 0x402000, 5, 2, 0, "/bin/prog"));
        assertThat(exec.ranges().get(1)).isEqualTo(new MemoryClient.Range(0x402000, 0x404000, 3, 2, 0x1000, "/bin/prog"));
        assertThat(exec.ranges().get(2)).isEqualTo(new MemoryClient.Range(0x404000, 0x407000, 3, ANON, 0, ""));
        MemoryClient.Range stack = exec.ranges().get(3);
        assertThat(stack.endVa()).isEqualTo(0x7ffffffff000L);
        assertThat(stack.startVa()).isEqualTo((exec.stackVa() & -4096) - 128 * 1024);
    }

    @Test
    void missesBringTheProgramsBytes() {
        MemoryClient.Exec exec = exec(10);
        byte[] file = program();
        assertThat(client.miss(10, 0x400123, 2)).isEqualTo(4096);
        assertThat(page()).isEqualTo(java.util.Arrays.copyOfRange(file, 0, 4096));
        assertThat(client.miss(10, 0x402000, 0)).isEqualTo(4096);
        assertThat(page()).as("as Linux maps it: the whole file page").isEqualTo(java.util.Arrays.copyOfRange(file, 0x1000, 0x2000));
        assertThat(client.miss(10, 0x403000, 1)).isEqualTo(4096);
        byte[] last = new byte[4096];
        System.arraycopy(file, 0x2000, last, 0, 0x900);
        assertThat(page()).as("bss begins with zeros in the last file page").isEqualTo(last);
        assertThat(client.miss(10, 0x405000, 1)).isEqualTo(4096);
        assertThat(page()).isEqualTo(new byte[4096]);
        assertThat(client.miss(10, exec.stackVa(), 0)).isEqualTo(4096);
        assertThat(client.memory.getLong(client.replyPa + exec.stackVa() % 4096)).as("argc").isEqualTo(2);
    }

    @Test
    void missesOutsideAreRefused() {
        exec(10);
        assertThat(client.miss(10, 0x400000, 1)).as("text is not writable").isEqualTo(-EFAULT);
        assertThat(client.miss(10, 0x402000, 2)).as("data is not executable").isEqualTo(-EFAULT);
        assertThat(client.miss(10, 0x10, 0)).isEqualTo(-EFAULT);
        assertThat(client.miss(10, -1, 0)).isEqualTo(-EFAULT);
        assertThat(client.miss(11, 0x400000, 0)).isEqualTo(-ESRCH);
        assertThat(client.flush(11, 0x402000, 1)).isEqualTo(-ESRCH);
        assertThat(client.flush(10, 0x10, 1)).isEqualTo(-EFAULT);
    }

    @Test
    void flushedLinesComeBackAndStayPrivate() {
        exec(10);
        exec(11);
        assertThat(client.flush(10, 0x402000, 0x5a5a5a5a)).isZero();
        assertThat(client.missWithFlush(10, 0x402000, 0, 10, 0x405000, 77)).isEqualTo(4096);
        assertThat(client.privateBits[0]).isZero();
        assertThat(page()[100]).isEqualTo((byte) 0x5a);
        assertThat(client.miss(10, 0x405000, 0)).isEqualTo(4096);
        assertThat(client.memory.getInt(client.replyPa)).isEqualTo(77);
        assertThat(client.miss(11, 0x402000, 0)).isEqualTo(4096);
        assertThat(page()).isEqualTo(java.util.Arrays.copyOfRange(program(), 0x1000, 0x2000));
        assertThat(client.read("/bin/prog", 0x1000, 16)).isEqualTo(java.util.Arrays.copyOfRange(program(), 0x1000, 0x1010));
    }

    @Test
    void aLineOfAnotherProcessMayComeAlongAndItsErrorIsTold() {
        exec(10);
        exec(11);
        assertThat(client.missWithFlush(10, 0x405000, 1, 11, 0x405000, 99)).isEqualTo(4096);
        assertThat(client.memory.getInt(client.replyPa)).isZero();
        client.miss(11, 0x405000, 0);
        assertThat(client.memory.getInt(client.replyPa)).isEqualTo(99);
        assertThat(client.missWithFlush(10, 0x405000, 0, 10, 0x10, 5)).as("the miss is answered").isEqualTo(4096);
        assertThat(client.privateBits[0]).isEqualTo(EFAULT);
        assertThat(client.missWithFlush(10, 0x10, 0, 10, 0x405000, 5)).isEqualTo(-EFAULT);
        assertThat(client.privateBits[0]).as("the flush was done").isZero();
    }

    @Test
    void exitGivesAllMemoryBack() {
        client.read("/bin/prog", 0, 1); // the program's own file stays in memory
        long before = manager.usedBytes();
        for (int round = 0; round < 20; round++) {
            exec(10);
            long va = client.mmap(10, 0, 64 * 4096, RW, ANON, "", 0);
            for (int i = 0; i < 64; i++) {
                assertThat(client.flush(10, va + i * 4096L, i)).isZero();
            }
            assertThat(manager.usedBytes()).isGreaterThan(before + 64 * 4096);
            assertThat(client.process(Opcode.P2M_EXIT, 10, 0)).isZero();
            assertThat(manager.usedBytes()).isEqualTo(before);
        }
        assertThat(client.process(Opcode.P2M_EXIT, 10, 0)).isEqualTo(-ESRCH);
    }

    @Test
    void execReplacesAndFailedExecKeeps() {
        exec(10);
        client.flush(10, 0x405000, 5);
        long used = manager.usedBytes();
        assertThat(client.exec(10, "/nothing", 0, List.of("x"), List.of()).status()).isEqualTo(-2);
        MemoryClient.Exec text = client.exec(10, "/opt/data/text", 0, List.of("x"), List.of());
        assertThat(text.status()).as("not executable").isEqualTo(-13);
        client.path(Opcode.P2S_SETATTR, "/opt/data/text", "", 0, 0, 0); // malformed: the record is missing
        client.path(Opcode.P2S_OPEN, "/tmp/script", "", 0101, 0755, 0);
        MemoryClient.Exec script = client.exec(10, "/tmp/script", 0, List.of("x"), List.of());
        assertThat(script.status()).isEqualTo(-8);
        assertThat(script.reason()).isEqualTo("not an ELF file");
        client.miss(10, 0x405000, 0);
        assertThat(client.memory.getInt(client.replyPa)).as("the old program is as it was").isEqualTo(5);
        exec(10);
        client.miss(10, 0x405000, 0);
        assertThat(client.memory.getInt(client.replyPa)).isZero();
        assertThat(manager.usedBytes()).isLessThan(used + 4 * 4096 + 10000);
    }

    @Test
    void randomisedProgramsDiffer() {
        MemoryClient.Exec plain = exec(10);
        MemoryClient.Exec random = client.exec(11, "/bin/prog", 1, List.of("prog", "arg"), List.of("A=b"));
        assertThat(random.status()).isZero();
        assertThat(random.stackVa()).isNotEqualTo(plain.stackVa());
        assertThat(random.brkVa()).isGreaterThan(plain.brkVa());
        long va = client.mmap(11, 0, 4096, RW, ANON, "", 0);
        assertThat(va).isPositive().isNotEqualTo(0x7ffff7ffe000L);
        assertThat(client.miss(11, random.stackVa() - (1 << 20), 1)).as("the stack grows there too").isEqualTo(4096);
    }

    @Test
    void outOfMemoryIsAnErrorAndTheNodeGoesOn() {
        exec(10);
        long va = client.mmap(10, 0, 40 << 20, RW, ANON | 0x4000, "", 0);
        int pages = 0;
        while (pages < 10000 && client.flush(10, va + pages * 4096L, pages) == 0) {
            pages++;
        }
        assertThat(pages).isBetween(6000, 8000);
        assertThat(client.miss(10, va + pages * 4096L, 1)).isEqualTo(-ENOMEM);
        assertThat(client.exec(12, "/bin/prog", 0, List.of("x"), List.of()).status()).isEqualTo(-ENOMEM);
        assertThat(client.write("/tmp/f", 0, new byte[100], 0)).isEqualTo(-2);
        assertThat(client.miss(10, va, 0)).as("what is there can still be had").isEqualTo(4096);
        assertThat(client.mmap(10, 0, 1L << 40, RW, ANON, "", 0)).isEqualTo(-ENOMEM);
        assertThat(client.process(Opcode.P2M_EXIT, 10, 9)).isZero();
        exec(12);
    }

    @Test
    void fileMappings() {
        exec(10);
        String path = "/tmp/shared";
        assertThat(client.path(Opcode.P2S_OPEN, path, "", 0102, 0644, 0)).isZero();
        assertThat(client.write(path, 0, "hello".getBytes(), 0)).isEqualTo(5);
        long shared = client.mmap(10, 0, 8192, RW, 1, path, 0);
        long copy = client.mmap(10, 0, 4096, RW, 2, path, 0);
        assertThat(client.miss(10, shared, 0)).isEqualTo(4096);
        assertThat(new String(page(), 0, 5)).isEqualTo("hello");
        assertThat(client.miss(10, shared + 4096, 0)).as("beyond the end of the file").isEqualTo(-EIO);
        client.flush(10, copy, 0x41414141);
        assertThat(client.read(path, 0, 10)).asString().isEqualTo("hello");
        client.flush(10, shared, 0x42424242);
        assertThat(client.read(path, 0, 10)).asString().isEqualTo("BBBBB");
        client.write(path, 8, "x".getBytes(), 0);
        assertThat(client.read(path, 0, 10)).as("nothing was written behind the end").isEqualTo("BBBBB\0\0\0x".getBytes());
        assertThat(client.miss(10, copy, 0)).isEqualTo(4096);
        assertThat(page()[0]).isEqualTo((byte) 'A');
    }

    @Test
    void aDeletedFileLivesAsLongAsItsMapping() {
        exec(10);
        client.path(Opcode.P2S_OPEN, "/tmp/gone", "", 0102, 0644, 0);
        client.write("/tmp/gone", 0, "still here".getBytes(), 0);
        long va = client.mmap(10, 0, 4096, RW, 1, "/tmp/gone", 0);
        long used = manager.usedBytes();
        assertThat(client.path(Opcode.P2S_UNLINK, "/tmp/gone", "", 0, 0, 0)).isZero();
        assertThat(client.miss(10, va, 0)).isEqualTo(4096);
        assertThat(new String(page(), 0, 10)).isEqualTo("still here");
        assertThat(client.range(Opcode.P2M_MUNMAP, 10, va, 4096, 0)).isZero();
        client.path(Opcode.P2S_ACCESS, "/", "", 0, 0, 0);
        assertThat(manager.usedBytes()).isLessThanOrEqualTo(used - 4096);
    }

    @Test
    void callsOnRanges() {
        MemoryClient.Exec exec = exec(10);
        assertThat(client.range(Opcode.P2M_BRK, 10, 0, 0, 0)).isZero();
        assertThat(client.value).isEqualTo(exec.brkVa());
        client.range(Opcode.P2M_BRK, 10, exec.brkVa() + 10000, 0, 0);
        assertThat(client.value).isEqualTo(exec.brkVa() + 10000);
        client.flush(10, exec.brkVa(), 3);
        client.range(Opcode.P2M_BRK, 10, 1L << 46, 0, 0);
        assertThat(client.value).as("cannot be moved").isEqualTo(exec.brkVa() + 10000);
        assertThat(client.range(Opcode.P2M_MPROTECT, 10, exec.brkVa(), 4096, 1)).isZero();
        assertThat(client.miss(10, exec.brkVa(), 1)).isEqualTo(-EFAULT);
        assertThat(client.range(Opcode.P2M_MADVISE, 10, exec.brkVa(), 4096, 4)).isZero();
        assertThat(client.miss(10, exec.brkVa(), 0)).isEqualTo(4096);
        assertThat(client.memory.getInt(client.replyPa)).isZero();
        assertThat(client.range(Opcode.P2M_MUNMAP, 10, 0x400000, 1L << 46, 0)).as("long: on a worker").isZero();
        assertThat(client.miss(10, 0x400000, 0)).isEqualTo(-EFAULT);
        assertThat(client.range(Opcode.P2M_MSYNC, 99, 0, 4096, 4)).isEqualTo(-ESRCH);
    }

    @Test
    void statusTellsTheMemory() {
        exec(10);
        assertThat(client.process(Opcode.P2M_STATUS, 0, 0)).isZero();
        assertThat(MemoryStatus.TASK_COUNT.get(client.ram, client.replyPa)).isEqualTo(1);
        long total = MemoryStatus.TOTAL_BYTES.get(client.ram, client.replyPa);
        assertThat(total).isBetween(30L << 20, 32L << 20);
        assertThat(MemoryStatus.FREE_BYTES.get(client.ram, client.replyPa)).isEqualTo(total - manager.usedBytes());
        assertThat(MemoryStatus.FILE_BYTES.get(client.ram, client.replyPa)).isEqualTo(3 * 4096);
    }

    @Test
    void aNodeThatLeavesTakesItsProcessesAlong() {
        client.read("/bin/prog", 0, 1); // the program's own file stays in memory
        long before = manager.usedBytes();
        exec(10);
        exec(11);
        cluster.ibapi(2).setConnected(false);
        assertThat(client.miss(10, 0x400000, 0)).as("another node's").isEqualTo(4096);
        cluster.ibapi(0).setConnected(false);
        assertThat(manager.usedBytes()).isEqualTo(before);
        cluster.ibapi(0).setConnected(true);
        assertThat(client.miss(10, 0x400000, 0)).isEqualTo(-ESRCH);
    }

    @Test
    void malformedMessagesGetErrors() {
        exec(10);
        assertThat(client.status(RpcPort.MEMORY, 0x7777, 64)).isEqualTo(-ENOSYS);
        assertThat(client.process(Opcode.P2M_FORK, 11, 99)).isEqualTo(-ESRCH);
        int[] opcodes = {
            Opcode.P2M_PCACHE_MISS, Opcode.P2M_PCACHE_FLUSH, Opcode.P2M_PCACHE_ZEROFILL, Opcode.P2M_MMAP, Opcode.P2M_MREMAP,
            Opcode.P2M_MUNMAP, Opcode.P2M_EXECVE, Opcode.P2M_EXIT, Opcode.P2M_FORK, Opcode.P2M_READ, Opcode.P2M_WRITE, Opcode.P2S_OPEN,
            Opcode.P2S_SETATTR, Opcode.P2M_TEST
        };
        for (int opcode : opcodes) {
            client.memory.zero(client.requestPa, 4096);
            assertThat(client.status(RpcPort.MEMORY, opcode, 17)).as("opcode %x", opcode).isEqualTo(-EINVAL);
        }
        Header.write(client.ram, client.requestPa, Opcode.P2M_STATUS, 0, 999);
        assertThat(client.sendRaw(RpcPort.MEMORY, 64, 64)).isEqualTo(4);
        assertThat(client.memory.getInt(client.replyPa)).as("the length lies").isEqualTo(-EINVAL);
        Header.write(client.ram, client.requestPa, Opcode.P2M_STATUS, 3, 64);
        client.sendRaw(RpcPort.MEMORY, 64, 64);
        assertThat(client.memory.getInt(client.replyPa)).as("the sender lies").isEqualTo(-EINVAL);
    }

    @Test
    void randomMessagesDoNoHarm() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("MemoryManagerTest seed " + seed);
        Random random = new Random(seed);
        int[] opcodes = {
            Opcode.P2M_PCACHE_MISS, Opcode.P2M_PCACHE_FLUSH, Opcode.P2M_PCACHE_ZEROFILL, Opcode.P2M_MMAP, Opcode.P2M_MREMAP,
            Opcode.P2M_MUNMAP, Opcode.P2M_MPROTECT, Opcode.P2M_MADVISE, Opcode.P2M_BRK, Opcode.P2M_EXECVE, Opcode.P2M_READ,
            Opcode.P2M_WRITE, Opcode.P2S_GETDENTS, Opcode.P2S_RENAME, Opcode.P2S_SETATTR, Opcode.P2S_SYMLINK, Opcode.P2M_TEST
        };
        for (int round = 0; round < 4000; round++) {
            if (round % 200 == 0) {
                exec(10);
            }
            byte[] junk = new byte[random.nextBoolean() ? 64 : 4200];
            random.nextBytes(junk);
            for (int i = 24; i < 64; i++) {
                junk[i] = random.nextInt(3) == 0 ? junk[i] : 0;
            }
            client.memory.write(client.requestPa, junk, 0, junk.length);
            client.memory.putInt(client.requestPa + 16, 10);
            int[] lengths = {16, 24, 32, 40, 48, 56, 64, 4128, 4160};
            int length = random.nextInt(4) == 0 ? 16 + random.nextInt(4000) : lengths[random.nextInt(lengths.length)];
            int got = client.send(RpcPort.MEMORY, opcodes[random.nextInt(opcodes.length)], length);
            assertThat(got).as("seed " + seed + " round " + round).isGreaterThanOrEqualTo(4);
        }
        assertThat(cluster.kernel(1).log().dump()).doesNotContain("request failed");
        assertThat(PhysicalMemory.PAGE_SIZE).isEqualTo(4096);
        client.process(Opcode.P2M_EXIT, 10, 0);
    }
}
