package org.legoos.emulator.stdio;

import java.io.FileDescriptor;
import org.legoos.managers.processor.core.Stdio;

/** The launcher's own standard streams, passed through to the program. */
public final class HostStdio implements Stdio {
    private final Port in = HostFd.isClosed(0) ? null : new HostInput();
    private final Port out = HostFd.isClosed(1) ? null : new HostOutput(FileDescriptor.out, 1);
    private final Port err = HostFd.isClosed(2) ? null : new HostOutput(FileDescriptor.err, 2);

    @Override
    public Port in() {
        return in;
    }

    @Override
    public Port out() {
        return out;
    }

    @Override
    public Port err() {
        return err;
    }
}
