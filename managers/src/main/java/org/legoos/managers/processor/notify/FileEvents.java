package org.legoos.managers.processor.notify;

import static org.legoos.managers.processor.notify.Notifier.*;

import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;

/** What system calls on files say when they have worked: each passes its result through. */
public final class FileEvents {
    private FileEvents() {}

    private static Notifier notifier(UserThread t) {
        return t.process().manager().notifier();
    }

    /** Whether anybody watches: for what costs more than a call. */
    public static boolean areWatched(UserThread t) {
        return notifier(t).isActive();
    }

    /** A name was made. */
    public static long made(UserThread t, String path, boolean isDirectory, long result) {
        if (result >= 0) {
            notifier(t).event(path, IN_CREATE | (isDirectory ? IN_ISDIR : 0));
        }
        return result;
    }

    /** A name was removed; the file may have {@code otherNames}. */
    public static long removed(UserThread t, String path, boolean isDirectory, boolean hasOtherNames, long result) {
        if (result >= 0) {
            notifier(t).deleted(path, isDirectory, !hasOtherNames);
        }
        return result;
    }

    public static long renamed(UserThread t, String from, String to, boolean isDirectory, long result) {
        if (result >= 0) {
            notifier(t).renamed(from, to, isDirectory);
        }
        return result;
    }

    /** Content or attributes of a path were changed. */
    public static long changed(UserThread t, String path, int mask, long result) {
        if (result >= 0) {
            notifier(t).event(path, mask);
        }
        return result;
    }

    /** open(2) has worked. From now on the file tells of its close. */
    public static OpenFile opened(UserThread t, OpenFile file, boolean isNew) {
        Notifier notifier = notifier(t);
        file.tellCloseTo(notifier);
        if (notifier.isActive() && (file.flags() & org.legoos.managers.processor.fs.OpenFlags.O_PATH) == 0) {
            if (isNew) {
                notifier.event(file.path(), IN_CREATE);
            }
            notifier.event(file.path(), IN_OPEN | directory(file));
        }
        return file;
    }

    private static int directory(OpenFile file) {
        return file.directoryPath() != null ? IN_ISDIR : 0;
    }

    /** Bytes were read or written through an open file. */
    public static long moved(UserThread t, OpenFile file, int mask, long result) {
        if (result > 0 && notifier(t).isActive() && file.path().startsWith("/")) {
            tell(notifier(t), file, mask);
        }
        return result;
    }

    /** An open file has lost its last descriptor. */
    public static void closed(Notifier notifier, OpenFile file) {
        if (notifier.isActive()) {
            tell(notifier, file, (file.isWritable() ? IN_CLOSE_WRITE : IN_CLOSE_NOWRITE) | directory(file));
        }
    }

    /** The directory hears of a file that has lost its name, by that name. */
    private static void tell(Notifier notifier, OpenFile file, int mask) {
        String lost = file.lostName();
        if (lost != null) {
            notifier.lostEvent(lost, mask);
        } else {
            notifier.event(file.path(), mask);
        }
    }
}
