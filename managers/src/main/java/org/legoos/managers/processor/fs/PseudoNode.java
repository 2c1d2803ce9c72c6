package org.legoos.managers.processor.fs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.legoos.managers.processor.core.UserThread;

/** A node of a file system that the kernel makes up: /proc, /sys, /dev. */
public sealed interface PseudoNode {
    /** Type and permissions. */
    int mode();

    /** A directory whose entries may depend on who looks. */
    non-sealed interface Directory extends PseudoNode {
        /** The entry, or null. */
        PseudoNode lookup(UserThread t, String name);

        Collection<String> names(UserThread t);

        @Override
        default int mode() {
            return FileMode.S_IFDIR | 0555;
        }
    }

    /**
     * A file whose text is made when it is opened.
     *
     * @param writer gets each write when the mode allows them; null to drop them
     */
    record Text(int permissions, Function<UserThread, byte[]> content, BiConsumer<UserThread, byte[]> writer)
            implements PseudoNode {
        public Text(int permissions, Function<UserThread, byte[]> content) {
            this(permissions, content, null);
        }

        @Override
        public int mode() {
            return FileMode.S_IFREG | permissions;
        }
    }

    /** A symbolic link; {@code jump} opens what a magic link stands for, null for an ordinary one. */
    record Link(Function<UserThread, String> target, Opener jump) implements PseudoNode {
        @Override
        public int mode() {
            return FileMode.S_IFLNK | 0777;
        }
    }

    /** A file whose content somebody makes when it is read or written. */
    record Made(int permissions, Opener opener) implements PseudoNode {
        @Override
        public int mode() {
            return FileMode.S_IFREG | permissions;
        }
    }

    /** A character device. */
    record Device(DeviceAttributes attributes, int major, int minor, Opener opener) implements PseudoNode {
        /** Root's. */
        public Device(int permissions, int major, int minor, Opener opener) {
            this(new DeviceAttributes(permissions, 0, 0), major, minor, opener);
        }

        @Override
        public int mode() {
            return FileMode.S_IFCHR | attributes.permissions();
        }

        /** st_rdev of small numbers. */
        public long rdev() {
            return (long) major << 8 | minor;
        }
    }

    /** Makes an open file. */
    @FunctionalInterface
    interface Opener {
        OpenFile open(UserThread t, String path, int flags);
    }

    /** A directory with entries that never change. */
    final class Fixed implements Directory {
        private final Map<String, PseudoNode> entries = new LinkedHashMap<>();

        public Fixed put(String name, PseudoNode node) {
            entries.put(name, node);
            return this;
        }

        /** Puts a node at a path of directories that are made on the way. */
        public Fixed putAt(String path, PseudoNode node) {
            int slash = path.indexOf('/');
            if (slash < 0) {
                return put(path, node);
            }
            Fixed directory = (Fixed) entries.computeIfAbsent(path.substring(0, slash), name -> new Fixed());
            directory.putAt(path.substring(slash + 1), node);
            return this;
        }

        @Override
        public PseudoNode lookup(UserThread t, String name) {
            return entries.get(name);
        }

        @Override
        public Collection<String> names(UserThread t) {
            return entries.keySet();
        }
    }

    static Text text(Function<UserThread, String> content) {
        return new Text(0444, t -> org.legoos.managers.processor.core.Program.bytes(content.apply(t)));
    }

    static Link link(Function<UserThread, String> target) {
        return new Link(target, null);
    }
}
