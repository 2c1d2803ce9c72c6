package org.legoos.isa.natives;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds a shared library that is new enough: in -Dlegoos.natives or LEGOOS_NATIVES, in LD_LIBRARY_PATH and the system's
 * library directories, in what an earlier run fetched, and at last in the distribution's archive.
 */
public final class NativeLibraries {
    private static final List<String> SYSTEM_DIRECTORIES = List.of(
            "/usr/local/lib", "/usr/local/lib64", "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64",
            "/usr/lib");

    /**
     * A library as it is looked for.
     *
     * @param fileNames shared object names, newest first
     * @param debianPattern apt pattern of the package that holds it
     * @param suites where to fetch it: suites in order of preference
     * @param usable says of an opened library whether it will do (version)
     */
    public record Wanted(
            String name, List<String> fileNames, String debianPattern, List<String> suites,
            Predicate<SymbolLookup> usable) {}

    private NativeLibraries() {}

    /** Looks where nothing is fetched. */
    public static Optional<SymbolLookup> find(Wanted wanted) {
        for (Path directory : directories()) {
            for (String fileName : wanted.fileNames()) {
                Optional<SymbolLookup> opened = open(directory.resolve(fileName), wanted);
                if (opened.isPresent()) {
                    return opened;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Looks everywhere, and fetches once when nothing is found.
     *
     * @throws UnsatisfiedLinkError with one message that says what to install
     */
    public static SymbolLookup findOrFetch(Wanted wanted) {
        Optional<SymbolLookup> found = explicit().isPresent() ? openIn(explicit().get(), wanted) : find(wanted);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> reasons = new ArrayList<>();
        for (String suite : explicit().isPresent() ? List.<String>of() : wanted.suites()) {
            try {
                Optional<SymbolLookup> fetched =
                        openBelow(DebianPackages.fetch(suite, wanted.debianPattern()).root(), wanted);
                if (fetched.isPresent()) {
                    return fetched.get();
                }
                reasons.add("the one of " + suite + " does not load here");
            } catch (IOException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new UnsatisfiedLinkError(InstallHint.message(wanted.name(), reasons));
    }

    /** The directory that the user told us to use, and no other. */
    private static Optional<Path> explicit() {
        String told = System.getProperty("legoos.natives", System.getenv("LEGOOS_NATIVES"));
        return Optional.ofNullable(told).filter(s -> !s.isBlank()).map(Path::of);
    }

    private static Optional<SymbolLookup> openIn(Path directory, Wanted wanted) {
        for (String fileName : wanted.fileNames()) {
            Optional<SymbolLookup> opened = open(directory.resolve(fileName), wanted);
            if (opened.isPresent()) {
                return opened;
            }
        }
        return openBelow(directory, wanted);
    }

    private static Set<Path> directories() {
        Set<Path> directories = new LinkedHashSet<>();
        String path = System.getenv("LD_LIBRARY_PATH");
        if (path != null) {
            Stream.of(path.split(":")).filter(s -> s.startsWith("/")).map(Path::of).forEach(directories::add);
        }
        SYSTEM_DIRECTORIES.stream().map(Path::of).forEach(directories::add);
        return directories;
    }

    /** An unpacked package keeps its libraries at usr/lib/TRIPLET or usr/lib. */
    private static Optional<SymbolLookup> openBelow(Path root, Wanted wanted) {
        try (Stream<Path> files = Files.walk(root, 5)) {
            for (Path file : (Iterable<Path>) files.filter(f -> wanted.fileNames().contains(fileName(f)))::iterator) {
                Optional<SymbolLookup> opened = open(file, wanted);
                if (opened.isPresent()) {
                    return opened;
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String fileName(Path file) {
        return file.getFileName().toString();
    }

    private static Optional<SymbolLookup> open(Path file, Wanted wanted) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SymbolLookup library = SymbolLookup.libraryLookup(file, Arena.global());
            return wanted.usable().test(library) ? Optional.of(library) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
