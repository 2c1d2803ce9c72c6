package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.GuestPaths;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import picocli.CommandLine.Option;

/** The directory of the host that programs see as their root, and what becomes of it. */
final class RootArguments {
    @Option(names = "--root", paramLabel = "DIR",
            description = "programs see this directory as their root, through a storage node; '/' gets an overlay that is removed at the end")
    private String root;

    @Option(names = "--overlay", paramLabel = "DIR", description = "what programs change goes to this directory (made if missing), not to --root")
    private String overlay;

    @Option(names = "--read-only", description = "nothing below --root can be changed")
    private boolean readOnly;

    private TemporaryDirectory temporary;

    boolean isGiven() {
        return root != null;
    }

    /** The topology with this root; a ConfigException says what is wrong. */
    Topology applyTo(Topology topology) {
        if (root == null) {
            if (overlay != null || readOnly) {
                throw new ConfigException((overlay != null ? "--overlay" : "--read-only") + " needs --root DIR");
            }
            return topology;
        }
        if (!topology.hasStorage()) {
            throw new ConfigException("--root needs a storage node, and topology " + topology.name() + " has none");
        }
        if (overlay != null && readOnly) {
            throw new ConfigException("--overlay and --read-only: expected one of them");
        }
        Path directory = Path.of(root);
        if (!Files.isDirectory(directory)) {
            throw new ConfigException("--root " + root + ": " + (Files.exists(directory) ? "Not a directory" : "No such file or directory"));
        }
        return topology.withRoot(directory.toAbsolutePath().normalize().toString(), readOnly, changesIn(directory));
    }

    private String changesIn(Path directory) {
        try {
            if (overlay != null) {
                return Files.createDirectories(Path.of(overlay)).toAbsolutePath().normalize().toString();
            }
            if (!readOnly && directory.toRealPath().getParent() == null) {
                temporary = TemporaryDirectory.create("overlay");
                return temporary.path().toString();
            }
            return "";
        } catch (IOException e) {
            throw new ConfigException("--overlay " + (overlay == null ? "" : overlay) + ": " + HostErrors.reason(e));
        }
    }

    /** One line that says where changes go. */
    String describe() {
        return "root " + root + (temporary != null ? ", changes are kept in " + temporary.path() + " and removed at the end"
                : overlay != null ? ", changes in " + overlay : readOnly ? ", read-only" : ", writable");
    }

    /**
     * The program's path in the cluster: as typed, or when it has no slash, the first of its name in the directories of PATH; null
     * when there is none.
     */
    String find(String program, List<String> environment) {
        if (program.contains("/")) {
            return isThere(GuestPaths.of(program)) ? GuestPaths.of(program) : null;
        }
        for (String entry : environment) {
            if (entry.startsWith("PATH=")) {
                for (String directory : entry.substring("PATH=".length()).split(":")) {
                    String path = GuestPaths.of(directory + "/" + program);
                    if (isThere(path)) {
                        return path;
                    }
                }
            }
        }
        return null;
    }

    /** Only a look: what the name leads to is the cluster's business. An absolute link on the way cannot be looked through from here. */
    private boolean isThere(String guestPath) {
        Path upper = overlay == null ? null : Path.of(overlay, "upper", guestPath);
        return upper != null && Files.exists(upper, LinkOption.NOFOLLOW_LINKS)
                || Files.exists(Path.of(root, guestPath), LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes an overlay that was made for one run. */
    void removeTemporary() {
        if (temporary != null) {
            temporary.close();
        }
    }
}
