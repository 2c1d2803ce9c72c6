package org.legoos.managers.processor.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.managers.processor.core.UserThread;

/** An open file of made-up text: a snapshot from the time of opening. */
final class PseudoTextFile extends OpenFile {
    /** Settings are short. */
    private static final int WRITE_BYTES_MAX = 4096;

    private final PseudoFileSystem fs;
    private final PseudoNode.Text node;
    private final byte[] content;

    PseudoTextFile(PseudoFileSystem fs, PseudoNode.Text node, String path, int flags, byte[] content) {
        super(path, flags);
        this.fs = fs;
        this.node = node;
        this.content = content;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        int done = (int) Math.min(lengthBytes, Math.max(0, content.length - offset));
        if (done > 0) {
            MemorySegment.copy(content, (int) offset, to, ValueLayout.JAVA_BYTE, at, done);
        }
        return done;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        if (node.writer() != null) {
            byte[] bytes = new byte[Math.min(lengthBytes, WRITE_BYTES_MAX)];
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, bytes.length);
            node.writer().accept(t, bytes);
        }
        return lengthBytes; // settings without a writer have no effect here
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        fs.fill(t, path(), node, to);
        return 0;
    }

    @Override
    public int truncate(UserThread t, long sizeBytes) {
        return 0;
    }
}
