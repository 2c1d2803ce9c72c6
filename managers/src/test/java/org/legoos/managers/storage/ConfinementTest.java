package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.legoos.isa.libc.HostFs;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.storage.host.HostTree;
import org.legoos.managers.storage.host.VNodeFiles;

/**
 * Random requests on random paths through a directory full of links that lead out, while somebody on the host exchanges
 * directories for such links: nothing outside is ever read, changed, or seen. A failure names its seed.
 */
class ConfinementTest {
    private static final String SECRET = "the host's secret";
    private static final int REQUESTS = 6000;
    private static final int RENAME_EXCHANGE = 2;
    private static final int BUFFER_BYTES = 8192;
    private static final String[] NAMES = {
        "a", "b", "c", "out", "up", "etc", "abs", "self", "loop", "secret", "marker", "f", "g", "..", ".", "", "proc", "root",
        ".lego-storage", ".wh.a", "\u00ff\u0001", "n".repeat(300)};

    @TempDir
    private Path base;

    private Path outside;
    private Path vnode;
    private Map<String, String> before;

    @BeforeEach
    void build() throws IOException {
        outside = Files.createDirectories(base.resolve("outside/deep")).getParent();
        Files.writeString(outside.resolve("secret"), SECRET);
        Files.writeString(outside.resolve("deep/secret"), SECRET);
        Files.writeString(outside.resolve("marker"), SECRET);
        vnode = Files.createDirectories(base.resolve("vnode"));
        for (String directory : new String[] {"a", "a/b", "a/b/c", "b", "c"}) {
            Files.createDirectories(vnode.resolve(directory));
            Files.writeString(vnode.resolve(directory).resolve("secret"), "inside");
            Files.writeString(vnode.resolve(directory).resolve("f"), "inside");
            link(directory + "/out", outside.toString());
            link(directory + "/up", "../../../../../../../../.." + outside);
            link(directory + "/abs", outside + "/secret");
            link(directory + "/etc", "/etc");
            link(directory + "/self", "/proc/self/root" + outside);
            link(directory + "/loop", "loop");
        }
        // What the racing thread exchanges a directory for.
        Files.createSymbolicLink(base.resolve("swap-a"), outside);
        Files.createSymbolicLink(base.resolve("swap-b"), outside);
        before = snapshot();
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(vnode.resolve(name), Path.of(target));
    }

    /** Everything about what is outside: names, content, modes, times. */
    private Map<String, String> snapshot() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var files = Files.walk(outside)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Map<String, Object> stat = Files.readAttributes(file, "unix:mode,uid,nlink,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
                String content = Files.isRegularFile(file) ? Files.readString(file) : "";
                all.put(outside.relativize(file).toString(), new TreeMap<>(stat) + content);
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"WRITABLE,OPENAT2,1", "WRITABLE,WALK,2", "OVERLAY,OPENAT2,3", "OVERLAY,WALK,4", "READ_ONLY,OPENAT2,5"})
    void nothingOutsideIsReached(VNodeFiles.Mode mode, HostTree.Method method, long seed) throws Exception {
        String overlay = mode == VNodeFiles.Mode.OVERLAY ? Files.createDirectories(base.resolve("changes")).toString() : null;
        AtomicBoolean isOver = new AtomicBoolean();
        Thread racer = Thread.ofPlatform().start(() -> race(isOver));
        try (StorageRig rig = new StorageRig(new VNodeFiles.Mount(0, vnode.toString(), mode, overlay, method))) {
            Requests requests = new Requests(rig, new Random(seed));
            for (int i = 0; i < REQUESTS; i++) {
                requests.next(i);
            }
            assertThat(requests.successes).as("the fuzz also does something").isGreaterThan(REQUESTS / 50);
        } finally {
            isOver.set(true);
            racer.join();
        }
        assertThat(snapshot()).as("seed %d", seed).isEqualTo(before);
    }

    /** Exchanges directories of the vNode for links to the outside, there and back, as fast as it goes. */
    private void race(AtomicBoolean isOver) {
        int baseFd = HostFs.openat(HostFs.AT_FDCWD, base.toString(), HostFs.O_PATH | HostFs.O_DIRECTORY, 0);
        boolean isSwapped = false;
        while (!isOver.get() || isSwapped) {
            HostFs.renameat2(baseFd, "swap-a", baseFd, "vnode/a", RENAME_EXCHANGE);
            HostFs.renameat2(baseFd, "swap-b", baseFd, "vnode/b", RENAME_EXCHANGE);
            isSwapped = !isSwapped;
        }
        HostFs.close(baseFd);
    }

    /** Random requests, and what each may not give. */
    private static final class Requests {
        private final StorageRig rig;
        private final Random random;
        private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
        private int successes;

        Requests(StorageRig rig, Random random) {
            this.rig = rig;
            this.random = random;
        }

        private String path() {
            StringBuilder path = new StringBuilder();
            int depth = 1 + random.nextInt(4);
            for (int i = 0; i < depth; i++) {
                path.append(random.nextInt(40) == 0 ? "" : "/").append(NAMES[random.nextInt(random.nextInt(3) == 0 ? NAMES.length : 13)]);
            }
            return path.toString();
        }

        void next(int number) {
            FileService files = rig.files;
            String path = path();
            FileService.Stat stat = new FileService.Stat();
            int result = switch (random.nextInt(16)) {
                case 0, 1 -> read(path);
                case 2 -> list(path);
                case 3 -> files.open(path, StorageRig.O_CREAT | StorageRig.O_RDWR, 0644);
                case 4 -> files.open(path, StorageRig.O_RDWR | StorageRig.O_TRUNC, 0);
                case 5 -> rig.write(path, random.nextInt(20), "written by the guest");
                case 6 -> files.mkdir(path, 0755);
                case 7 -> files.unlink(path);
                case 8 -> files.rmdir(path);
                case 9 -> files.rename(path, path(), random.nextInt(3));
                case 10 -> files.link(path, path());
                case 11 -> files.symlink(path(), path);
                case 12 -> files.setattr(path, true, FileService.SET_MODE | FileService.SET_MTIME | FileService.SET_UID, stat);
                case 13 -> files.truncate(path, random.nextInt(100));
                case 14 -> files.lookup(path, new FileService.Lookup());
                default -> files.setxattr(path, true, "user.x", new byte[3], 0);
            };
            successes += result >= 0 ? 1 : 0;
        }

        private int read(String path) {
            int done = rig.files.read(path, 0, buffer, 0, BUFFER_BYTES);
            if (done > 0) {
                String content = new String(buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
                assertThat(content).as(path).doesNotContain(SECRET);
            }
            return done;
        }

        private int list(String path) {
            int done = rig.files.getdents(path, 0, buffer, 0, BUFFER_BYTES);
            if (done > 0) {
                String records = new String(buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
                assertThat(records).as(path).doesNotContain("deep");
            }
            return done;
        }
    }
}
