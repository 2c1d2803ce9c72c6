package org.legoos.managers.processor.lock;

import org.legoos.managers.processor.fs.OpenFile;

/** All file locks of one node: flock's and fcntl's know nothing of each other. */
public final class NodeLocks {
    final FileLocks whole = new FileLocks();
    final FileLocks records = new FileLocks();
    final OpenFile.CloseListener wholeCloser = whole::dropOwner;
    final OpenFile.CloseListener recordCloser = records::dropOwner;
}
