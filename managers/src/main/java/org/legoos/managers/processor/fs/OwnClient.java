package org.legoos.managers.processor.fs;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/** A client for what happens in nobody's name, such as when a file's last descriptor is closed, by whichever thread. */
final class OwnClient {
    private final Supplier<FileService> make;
    private FileService client; // guarded by this

    /** @param make gives a client that asks in root's name */
    OwnClient(Supplier<FileService> make) {
        this.make = make;
    }

    /** @return what the request gives, or -ENOMEM when there is no memory for a client */
    synchronized int ask(ToIntFunction<FileService> request) {
        if (client == null) {
            try {
                client = make.get();
            } catch (SysError e) {
                return -Errno.ENOMEM;
            }
        }
        return request.applyAsInt(client);
    }
}
