package org.legoos.managers.processor.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.unicorn.UnicornEngine;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.managers.memory.MemoryConfig;
import org.legoos.managers.memory.MemoryManager;
import org.legoos.managers.memory.ramfs.RamfsImage;
import org.legoos.managers.processor.fs.FileServiceClient;
import org.legoos.managers.processor.mm.ProcessorMm;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.processor.strace.TraceSink;
import org.legoos.managers.rpc.LoopbackCluster;

/** A processor and a memory node over a loop-back network, with the real engine and both real managers. */
public final class ProgramRig implements AutoCloseable {
    private static final UnicornEngine ENGINE = UnicornEngine.create();
    private static final long PATIENCE_NS = 60_000_000_000L;

    private final LoopbackCluster cluster;
    private final Kernel kernel;
    private final Pcache pcache;
    private final MemoryManager home;
    private final ProcessorManager manager;

    /** What a run gave. */
    public record Result(int exitCode, String output, String failure) {}

    public ProgramRig(List<Path> programs, TraceSink trace) throws IOException {
        cluster = new LoopbackCluster(2, 256 << 20, 16 << 20, KConfig.defaults(), HostClock.instance());
        Kernel bare = cluster.kernel(0);
        Platform platform = new Platform(bare.memory(), null, null, null, null, bare.clock(), ENGINE, 2);
        kernel = new Kernel(platform, bare.config(), bare.log(), bare.sched(), bare.frames(), bare.excache(), bare.counters(), null);
        List<MemoryConfig.GuestFile> files = new ArrayList<>();
        for (Path program : programs) {
            files.add(new MemoryConfig.GuestFile("/bin/" + program.getFileName(), 0755, RamfsImage.of(Files.readAllBytes(program))));
        }
        home = MemoryManager.start(cluster.kernel(1), cluster.ibapi(1), new MemoryConfig(files));
        pcache = Pcache.start(kernel, cluster.ibapi(0), PcacheConfig.of(kernel.config(), 1));
        String flags = String.join(" ", ENGINE.model().flags());
        ProcessorMm mm = new ProcessorMm(kernel, cluster.ibapi(0), pcache, flags, () -> 4);
        manager = new ProcessorManager(kernel, new ProcessorManager.Parts(mm,
                who -> new FileServiceClient(kernel, cluster.ibapi(0), who), CodeView.NONE, "processor0", trace));
    }

    public ProcessorManager manager() {
        return manager;
    }

    public String log() {
        return kernel.log().dump();
    }

    public RunningProgram start(Stdio stdio, String path, String... args) {
        List<byte[]> argv = new ArrayList<>();
        argv.add(Program.bytes(path));
        for (String arg : args) {
            argv.add(Program.bytes(arg));
        }
        return manager.run(path, argv, List.of(Program.bytes("PATH=/bin"), Program.bytes("HOME=/")), "/", stdio);
    }

    public Result run(byte[] input, String path, String... args) {
        CapturedStdio stdio = new CapturedStdio(input);
        RunningProgram program = start(stdio, path, args);
        if (!program.awaitExit(kernel.clock().nowNs() + PATIENCE_NS)) {
            program.signal(9);
            throw new AssertionError("program hangs\n" + log());
        }
        String output = Program.latin1(stdio.outBytes()) + Program.latin1(stdio.errBytes());
        return new Result(program.exitStatus().shellCode(), output, program.failure());
    }

    /** Compiles a C file statically; null without a C compiler. */
    public static Path compile(Path directory, String name, String source) throws IOException {
        Path c = directory.resolve(name + ".c");
        Path out = directory.resolve(name);
        Files.writeString(c, source);
        return exec(directory, "gcc", "-O1", "-static", "-w", "-o", out.toString(), c.toString()) == 0 ? out : null;
    }

    private static int exec(Path directory, String... command) {
        try {
            return new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a program natively in an empty directory. */
    public static Result runNative(Path program, byte[] input, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        Path errors = Files.createTempFile("stderr", "");
        java.lang.Process p = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (var out = p.getOutputStream()) {
            out.write(input);
        } catch (IOException e) {
            // the program did not want its input
        }
        String text = Program.latin1(p.getInputStream().readAllBytes());
        try {
            p.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        text += Program.latin1(Files.readAllBytes(errors));
        Files.delete(errors);
        return new Result(p.exitValue(), text, null);
    }

    @Override
    public void close() {
        manager.shutdown(kernel.clock().nowNs() + 5_000_000_000L);
        home.stop();
        cluster.close();
        pcache.close();
    }
}
