package org.legoos.managers.storage;

import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.Counters;

/** The storage manager's counters. */
final class StorageCounters {
    final Counter read;
    final Counter readBytes;
    /** Reads that a worker did: of what the host did not have in its memory, mostly. */
    final Counter slowRead;
    final Counter write;
    final Counter writeBytes;
    final Counter path;
    final Counter fsync;
    /** Messages that made no sense. */
    final Counter badMessage;
    /** Requests for a vNode that is not here. */
    final Counter badVnode;
    /** Requests refused because the workers' ring was full. */
    final Counter ringFull;

    StorageCounters(Counters counters) {
        read = counters.counter("handle_m2s_read");
        readBytes = counters.counter("handle_m2s_read_bytes");
        slowRead = counters.counter("handle_m2s_read_slow");
        write = counters.counter("handle_m2s_write");
        writeBytes = counters.counter("handle_m2s_write_bytes");
        path = counters.counter("handle_p2s");
        fsync = counters.counter("handle_m2s_fsync");
        badMessage = counters.counter("storage_nr_bad_messages");
        badVnode = counters.counter("storage_nr_bad_vnodes");
        ringFull = counters.counter("thpool_nr_ring_full");
    }
}
