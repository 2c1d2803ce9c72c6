package org.legoos.emulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.legoos.isa.time.Clock;

/** ./lego run usr/hello from shell to shell, as a user has it: through the launcher, with the archive of the build. */
final class StartBench implements Benchmark {
    private static final int RUNS = 10;
    private static final double WALL_MAX_S = 1.5;
    private static final double RSS_MAX_MIB = 300;
    private static final int LOOK_EVERY_MS = 5;

    private final Programs programs;
    private final Clock clock;

    StartBench(Programs programs, Clock clock) {
        this.programs = programs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<BenchTable> run() {
        Path hello = programs.built("hello");
        List<String> nativeRun = List.of(hello.toString());
        List<String> lego = List.of(programs.home().resolve("lego").toString(), "run", "--quiet", hello.toString());
        start(lego, false); // builds, and makes the archive
        double[] nativeS = new double[RUNS];
        double[] wallS = new double[RUNS];
        double peakMib = 0;
        for (int i = 0; i < RUNS; i++) {
            nativeS[i] = start(nativeRun, false)[0];
            wallS[i] = start(lego, false)[0];
        }
        for (int i = 0; i < 3; i++) {
            peakMib = Math.max(peakMib, start(lego, true)[1]); // apart: looking takes time
        }
        Arrays.sort(nativeS);
        Arrays.sort(wallS);
        BenchTable table = new BenchTable("start: ./lego run usr/hello, " + RUNS + " runs (baseline: native)",
                "what", "native", "median", "best", "worst", "target");
        table.row("wall, s", nativeS[RUNS / 2], wallS[RUNS / 2], wallS[0], wallS[RUNS - 1], BenchTable.target(wallS[RUNS / 2], WALL_MAX_S, "s"));
        table.row("peak resident, MiB", Double.NaN, peakMib, Double.NaN, peakMib, BenchTable.target(peakMib, RSS_MAX_MIB, "MiB"));
        return List.of(table);
    }

    /** Wall time in seconds; peak resident MiB if watched, else 0. */
    private double[] start(List<String> command, boolean watch) {
        try {
            long startNs = clock.nowNs();
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            double peakMib = 0;
            while (watch && !process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                peakMib = Math.max(peakMib, peakResidentMib(process.pid()));
            }
            int status = process.waitFor();
            double wallS = (clock.nowNs() - startNs) / 1e9;
            if (status != 0) {
                throw new IllegalStateException("'" + String.join(" ", command) + "' ended with status " + status);
            }
            return new double[] {wallS, peakMib};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double peakResidentMib(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            return 0; // it has just ended
        }
        return 0;
    }
}
