package org.legoos.emulator.stdio;

import java.io.IOException;
import org.legoos.isa.libc.Descriptor;
import org.legoos.managers.processor.core.Stdio;

/** The standard streams that a client of a running cluster passed (lego exec). */
public final class DescriptorStdio implements Stdio, AutoCloseable {
    private final DescriptorWatch watch;
    private final DescriptorPort[] ports = new DescriptorPort[3];

    /** Takes three descriptors over; {@link Descriptor#NONE} for a stream that is closed. */
    public DescriptorStdio(int[] fds) throws IOException {
        watch = new DescriptorWatch(fds);
        for (int i = 0; i < ports.length; i++) {
            ports[i] = fds[i] == Descriptor.NONE ? null : new DescriptorPort(watch, i, i == 0);
        }
    }

    @Override
    public Port in() {
        return ports[0];
    }

    @Override
    public Port out() {
        return ports[1];
    }

    @Override
    public Port err() {
        return ports[2];
    }

    /** The client has gone, or the program that it started has ended. */
    @Override
    public void close() {
        for (DescriptorPort port : ports) {
            if (port != null) {
                port.detach();
            }
        }
        watch.close();
    }
}
