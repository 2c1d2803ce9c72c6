package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.Opcode;

/** Registers memory: entries of the protection table (MPT), keys, and their translations (Linux mr.c). */
final class MemoryKeys {
    private static final int VARIANT_MASK = 0xff;

    private final CommandInterface commands;
    private final MttTable mtts;
    private final IndexAllocator indices;
    private final int[] variants; // guarded by this: changes each time that an index is used again

    MemoryKeys(CommandInterface commands, MttTable mtts, int reserved, int count) {
        this.commands = commands;
        this.mtts = mtts;
        indices = new IndexAllocator("memory keys", reserved, count);
        variants = new int[count];
    }

    /** All of memory, by physical address. */
    MemoryRegion physical(int pd, boolean remoteAccess) {
        return open(pd, remoteAccess, 0, 0, null);
    }

    MemoryRegion region(int pd, long virtual, long pa, long sizeBytes, boolean remoteAccess) {
        if (sizeBytes <= 0) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a region of " + sizeBytes + " bytes");
        }
        return open(pd, remoteAccess, virtual, sizeBytes, mtts.map(virtual, pa, sizeBytes));
    }

    private MemoryRegion open(int pd, boolean remoteAccess, long virtual, long sizeBytes, MttTable.Mapping mapping) {
        int index = indices.allocate();
        int key = index << 8 | nextVariant(index);
        try (Command command = commands.begin()) {
            command.clearInput(MptEntry.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            access(box, at, remoteAccess);
            MptEntry.MEM_KEY.set(box, at, MemKey.toHardware(key));
            MptEntry.PD.set(box, at, pd);
            if (mapping == null) {
                MptEntry.PHYSICAL.set(box, at, 1);
                MptEntry.LENGTH.set(box, at, -1L);
                MptEntry.LENGTH_64.set(box, at, 1);
            } else {
                MptEntry.START.set(box, at, virtual);
                MptEntry.LENGTH.set(box, at, sizeBytes);
                MptEntry.MTT_ADDR.set(box, at, mapping.byteOffset());
                MptEntry.ENTITY_SIZE.set(box, at, mapping.logPageSize());
            }
            command.withInput(Opcode.SW2HW_MPT, index, 0);
        } catch (IbException e) {
            release(index, mapping);
            throw e;
        }
        return new Region(index, key, mapping);
    }

    private static void access(MemorySegment box, long at, boolean remoteAccess) {
        int remote = remoteAccess ? 1 : 0;
        MptEntry.STATUS.set(box, at, MptEntry.STATUS_SW);
        MptEntry.MIO.set(box, at, 1);
        MptEntry.REGION.set(box, at, 1);
        MptEntry.LOCAL_READ.set(box, at, 1);
        MptEntry.LOCAL_WRITE.set(box, at, 1);
        MptEntry.REMOTE_READ.set(box, at, remote);
        MptEntry.REMOTE_WRITE.set(box, at, remote);
        MptEntry.REMOTE_ATOMIC.set(box, at, remote);
    }

    private void release(int index, MttTable.Mapping mapping) {
        if (mapping != null) {
            mtts.unmap(mapping);
        }
        indices.free(index);
    }

    private synchronized int nextVariant(int index) {
        variants[index] = variants[index] + 1 & VARIANT_MASK;
        return variants[index];
    }

    private final class Region implements MemoryRegion {
        private final int index;
        private final int key;
        private final MttTable.Mapping mapping;

        Region(int index, int key, MttTable.Mapping mapping) {
            this.index = index;
            this.key = key;
            this.mapping = mapping;
        }

        @Override
        public int localKey() {
            return key;
        }

        @Override
        public int remoteKey() {
            return key;
        }

        @Override
        public void close() {
            try (Command command = commands.begin()) {
                command.plain(Opcode.HW2SW_MPT, index, 1);
            }
            release(index, mapping);
        }
    }
}
