package org.legoos.kernel.syscall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers, names and arguments of all x86-64 system calls, read from syscalls.tbl beside this class. */
public final class Signatures {
    /** One line of the table. */
    public record Signature(int nr, String name, ArgKind[] args) {}

    private static final Signatures ALL = load();

    private final Map<String, Signature> byName = new HashMap<>();
    private final Signature[] byNr = new Signature[SyscallTable.SIZE];

    private Signatures() {}

    private static Signatures load() {
        Signatures all = new Signatures();
        try (InputStream in = Signatures.class.getResourceAsStream("syscalls.tbl");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(line.split(" "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private void add(String[] words) {
        ArgKind[] args = new ArgKind[words.length - 2];
        for (int i = 0; i < args.length; i++) {
            args[i] = ArgKind.valueOf(words[i + 2].toUpperCase(Locale.ROOT));
        }
        Signature signature = new Signature(Integer.parseInt(words[0]), words[1], args);
        byName.put(signature.name, signature);
        byNr[signature.nr] = signature;
    }

    /** By name; a name that does not exist is our bug. */
    public static Signature named(String name) {
        Signature signature = ALL.byName.get(name);
        if (signature == null) {
            throw new IllegalArgumentException("no system call " + name);
        }
        return signature;
    }

    /** The signature of a number, or null. */
    public static Signature of(int nr) {
        return nr >= 0 && nr < ALL.byNr.length ? ALL.byNr[nr] : null;
    }

    /** The name of a number, as strace shows it. */
    public static String nameOf(long nr) {
        Signature signature = nr >= 0 && nr < SyscallTable.SIZE ? of((int) nr) : null;
        return signature == null ? "syscall_0x" + Long.toHexString(nr) : signature.name;
    }
}
