package org.legoos.emulator.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.TemporaryDirectory;

/** Runs programs on this machine: the reference that a guest run is compared with. */
public final class NativeRunner implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;

    /** The programs' files (TMPDIR), and their working directory. */
    private final TemporaryDirectory directory = TemporaryDirectory.create("native");
    private final Path work = directory.path();

    public NativeRunner() throws IOException {}

    public Path work() {
        return work;
    }

    public Outcome run(Path program, List<String> arguments, byte[] stdin) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Path in = Files.write(work.resolve(".stdin"), stdin);
        File out = work.resolve(".stdout").toFile();
        File err = work.resolve(".stderr").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile())
                .redirectInput(in.toFile()).redirectOutput(out).redirectError(err);
        builder.environment().clear();
        for (String variable : Cluster.DEFAULT_ENVIRONMENT) {
            builder.environment().put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        builder.environment().put("TMPDIR", work.toString());
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("natively " + command + " did not end in " + TIMEOUT_SECONDS + " s");
        }
        return Outcome.of(process.exitValue(), Files.readAllBytes(out.toPath()), Files.readAllBytes(err.toPath()));
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
