package org.legoos.isa.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packages of the distribution's archive (Debian, Ubuntu), unpacked into a per-user cache without root. The work is
 * done by fetch-debian-package.sh, which reads the mirror from the machine's own apt configuration.
 */
public final class DebianPackages {
    /** The script's ways to say no: this machine has no apt; the archive has no such package. */
    private static final int NO_APT = 3;

    private static final int NO_PACKAGE = 4;

    /** Newer suites first to last, per distribution. */
    private static final Map<String, List<String>> NEWER_SUITES = Map.of(
            "debian", List.of("forky", "trixie", "sid"),
            "ubuntu", List.of("devel", "questing", "plucky"));

    private DebianPackages() {}

    /** One package on disk. */
    public record Unpacked(String suite, String name, String version, Path root) {}

    /**
     * The root directory of the unpacked package, from the suite that this machine runs.
     *
     * @throws IOException when it cannot be had; the message says why
     */
    public static Path fetch(String packageName) throws IOException {
        return fetch(".", packageName).root();
    }

    /**
     * Fetches one package unless the cache has it.
     *
     * @param suite a suite name, or "." for the one that this machine runs
     * @param nameOrPattern a package name, or an apt search pattern that starts with ^ (the highest name matched is taken)
     */
    public static Unpacked fetch(String suite, String nameOrPattern) throws IOException {
        Path done = cache().resolve(suite).resolve(nameOrPattern.replaceAll("[^A-Za-z0-9.]", "_") + ".done");
        if (Files.exists(done)) { // written last, by renaming: the package is there
            return unpacked(0, Files.readString(done).strip(), nameOrPattern);
        }
        try (InputStream script = DebianPackages.class.getResourceAsStream("fetch-debian-package.sh")) {
            List<String> command = new ArrayList<>(List.of(
                    "bash", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8), "fetch-debian-package",
                    cache().toString(), suite, nameOrPattern));
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return unpacked(process.waitFor(), answer, nameOrPattern);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + nameOrPattern, e);
        }
    }

    private static Unpacked unpacked(int exitCode, String answer, String wanted) throws IOException {
        String[] words = answer.split(" ", 4);
        if (exitCode == 0 && words.length == 4) {
            return new Unpacked(words[0], words[1], words[2], Path.of(words[3]));
        }
        throw new IOException(switch (exitCode) {
            case NO_APT -> "this machine has no usable apt";
            case NO_PACKAGE -> "the package archive of this machine has no " + wanted;
            default -> "fetching " + wanted + " failed (exit code " + exitCode + ")";
        });
    }

    /** Suites newer than a stable release of this machine's distribution; empty when it is neither Debian nor Ubuntu. */
    public static List<String> newerSuites() {
        return NEWER_SUITES.getOrDefault(osReleaseId(), List.of());
    }

    /** ID of /etc/os-release, "" when unknown. */
    static String osReleaseId() {
        try {
            return Files.readAllLines(Path.of("/etc/os-release")).stream()
                    .filter(line -> line.startsWith("ID="))
                    .map(line -> line.substring(3).replace("\"", ""))
                    .findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Where packages are kept: below XDG_CACHE_HOME as the XDG base directory specification says. */
    static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && xdg.startsWith("/")
                ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        Path cache = base.resolve("legoos").resolve("natives");
        try {
            Files.createDirectories(cache);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the cache directory " + cache, e);
        }
        return cache;
    }
}
