package org.legoos.emulator.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.legoos.isa.libc.HostFs;

/** A root directory that invites to leave it, and what is outside. */
final class PathFuzzRoot {
    static final String PROGRAM = "/bin/fuzzpaths";

    private static final String SECRET = "the host's secret";
    private static final List<String> DIRECTORIES = List.of("a", "a/b", "a/b/c", "b", "c");
    private static final int RENAME_EXCHANGE = 2;

    private final Path base;
    private final Map<String, String> before;

    private PathFuzzRoot(Path base) throws IOException {
        this.base = base;
        before = snapshot();
    }

    static PathFuzzRoot build(Path base, Path program) throws IOException {
        Path outside = base.resolve("outside");
        Files.createDirectories(outside.resolve("deep"));
        for (String name : List.of("secret", "deep/secret", "marker", "host-only", "f")) {
            Files.writeString(outside.resolve(name), SECRET);
        }
        Path root = Files.createDirectory(base.resolve("root"));
        for (String name : List.of("bin", "dev", "etc", "proc", "sys", "tmp")) {
            Files.createDirectory(root.resolve(name));
        }
        Files.copy(program, root.resolve(PROGRAM.substring(1)), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("fuzz-root"), "");
        for (String name : DIRECTORIES) {
            Path directory = Files.createDirectories(root.resolve(name));
            Files.writeString(directory.resolve("secret"), "inside");
            Files.writeString(directory.resolve("f"), "inside");
            Files.createSymbolicLink(directory.resolve("out"), outside);
            Files.createSymbolicLink(directory.resolve("up"), Path.of("../../../../../../../../../.." + outside));
            Files.createSymbolicLink(directory.resolve("abs"), outside.resolve("secret"));
            Files.createSymbolicLink(directory.resolve("self"), Path.of("/proc/self/root" + outside));
            Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        }
        Files.createSymbolicLink(base.resolve("swap-a"), outside);
        Files.createSymbolicLink(base.resolve("swap-b"), outside);
        return new PathFuzzRoot(base);
    }

    Path directory() {
        return base.resolve("root");
    }

    /** Everything about what is outside: names, content, owners, modes, links, times. */
    private Map<String, String> snapshot() throws IOException {
        Path outside = base.resolve("outside");
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(outside)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Map<String, Object> stat = Files.readAttributes(
                        file, "unix:mode,uid,gid,nlink,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
                all.put(outside.relativize(file).toString(), new TreeMap<>(stat)
                        + (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : ""));
            }
        }
        return all;
    }

    boolean isOutsideUntouched() throws IOException {
        return snapshot().equals(before);
    }

    /** For the report. */
    String difference() throws IOException {
        return before + " became " + snapshot();
    }

    /** Somebody who exchanges directories for links to the outside until it is closed. */
    final class Race implements AutoCloseable {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Thread thread = Thread.ofPlatform().name("fuzz-race").start(this::exchange);

        private void exchange() {
            int baseFd = HostFs.openat(HostFs.AT_FDCWD, base.toString(), HostFs.O_PATH | HostFs.O_DIRECTORY, 0);
            while (!isOver.get()) {
                HostFs.renameat2(baseFd, "swap-a", baseFd, "root/a", RENAME_EXCHANGE);
                HostFs.renameat2(baseFd, "swap-b", baseFd, "root/b", RENAME_EXCHANGE);
                Thread.yield(); // there may be two cores only
            }
            HostFs.close(baseFd);
        }

        @Override
        public void close() {
            isOver.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Race race() {
        return new Race();
    }
}
