package org.legoos.kernel.drivers.mlx4;

/** The memory of a queue that is the card's: its entries, their translation, and the doorbell record. */
final class QueueMemory {
    final HostResources.DmaBuffer buffer;
    final MttTable.Mapping mapping;
    final long doorbellRecord;
    private final Mlx4Device device;

    QueueMemory(Mlx4Device device, long sizeBytes, String name) {
        this.device = device;
        buffer = device.host().allocate(sizeBytes, name);
        mapping = device.mtts().mapQueue(buffer);
        doorbellRecord = device.doorbells().allocate();
    }

    /** Once, when the card does not know the queue any more. */
    void release() {
        device.mtts().unmap(mapping);
        device.doorbells().free(doorbellRecord);
        device.host().free(buffer);
    }
}
