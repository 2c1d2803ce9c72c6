package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.Access;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.Opcode;

/** Registers memory: entries of the protection table (MPT), keys, and their translations (Linux mr.c). */
final class MemoryKeys {
    private final HostResources host;
    private final CommandInterface commands;
    private final MttTable mtts;
    private final IndexAllocator indices;
    private final int[] variants; // guarded by this: changes each time that an index is used again

    MemoryKeys(HostResources host, CommandInterface commands, MttTable mtts, int reserved, int count) {
        this.host = host;
        this.commands = commands;
        this.mtts = mtts;
        indices = new IndexAllocator("memory keys", reserved, count);
        variants = new int[count];
    }

    /** All of memory, by physical address. */
    MemoryRegion physical(int pd, boolean remoteAccess) {
        return open(pd, rights(remoteAccess), 0, 0, null);
    }

    MemoryRegion region(int pd, long virtual, long pa, long sizeBytes, int rights) {
        if (sizeBytes <= 0) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a region of " + sizeBytes + " bytes");
        }
        return open(pd, rights, virtual, sizeBytes, mtts.map(virtual, pa, sizeBytes));
    }

    private MemoryRegion open(int pd, int rights, long virtual, long sizeBytes, MttTable.Mapping mapping) {
        int index = indices.allocate();
        int key = newKey(index);
        try (Command command = commands.begin()) {
            command.clearInput(MptEntry.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            MptEntry.STATUS.set(box, at, MptEntry.STATUS_SW);
            access(box, at, rights);
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

    static int rights(boolean remoteAccess) {
        return Access.LOCAL_WRITE | (remoteAccess ? Access.REMOTE_READ | Access.REMOTE_WRITE | Access.REMOTE_ATOMIC : 0);
    }

    private static void access(MemorySegment box, long at, int rights) {
        MptEntry.MIO.set(box, at, 1);
        MptEntry.REGION.set(box, at, 1);
        MptEntry.LOCAL_READ.set(box, at, 1);
        MptEntry.LOCAL_WRITE.set(box, at, Access.has(rights, Access.LOCAL_WRITE) ? 1 : 0);
        MptEntry.REMOTE_READ.set(box, at, Access.has(rights, Access.REMOTE_READ) ? 1 : 0);
        MptEntry.REMOTE_WRITE.set(box, at, Access.has(rights, Access.REMOTE_WRITE) ? 1 : 0);
        MptEntry.REMOTE_ATOMIC.set(box, at, Access.has(rights, Access.REMOTE_ATOMIC) ? 1 : 0);
        MptEntry.BIND_ENABLE.set(box, at, Access.has(rights, Access.WINDOW_BIND) ? 1 : 0);
    }

    /** A region that work requests register (mlx4_ib_alloc_mr); not valid yet. */
    Mlx4FastRegion fastRegion(int pd, int maxPages) {
        if (maxPages < 1 || maxPages > Mlx4FastRegion.MAX_PAGES) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a fast region of " + maxPages + " pages");
        }
        MttTable.Mapping mapping = mtts.reserve(maxPages);
        int index = indices.allocate();
        int key = newKey(index);
        try (Command command = commands.begin()) {
            command.clearInput(MptEntry.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            access(box, at, 0);
            free(box, at, pd, key);
            MptEntry.FAST_REG_ENABLE.set(box, at, 1);
            MptEntry.REMOTE_ACCESS_ENABLE.set(box, at, 1);
            MptEntry.MTT_ADDR.set(box, at, mapping.byteOffset());
            MptEntry.MTT_COUNT.set(box, at, maxPages);
            MptEntry.ENTITY_SIZE.set(box, at, mapping.logPageSize());
            command.withInput(Opcode.SW2HW_MPT, index, 0);
            return new Mlx4FastRegion(this, index, key, mapping);
        } catch (IbException e) {
            release(index, mapping);
            throw e;
        }
    }

    /** A window of type 2 (mlx4_mw_enable); not bound yet. */
    Mlx4Window window(int pd) {
        int index = indices.allocate();
        int key = newKey(index);
        try (Command command = commands.begin()) {
            command.clearInput(MptEntry.SIZE_BYTES);
            free(command.memory(), command.inputPa(), pd, key);
            MptEntry.BOUND_TO_QP.set(command.memory(), command.inputPa(), 1);
            command.withInput(Opcode.SW2HW_MPT, index, 0);
            return new Mlx4Window(this, index, key);
        } catch (IbException e) {
            release(index, null);
            throw e;
        }
    }

    /** What entries have in common that are valid only between two work requests. */
    private static void free(MemorySegment box, long at, int pd, int key) {
        MptEntry.STATUS.set(box, at, MptEntry.STATUS_FREE);
        MptEntry.MEM_KEY.set(box, at, MemKey.toHardware(key));
        MptEntry.PD.set(box, at, pd);
        MptEntry.ENABLE_INVALIDATE.set(box, at, MptEntry.ENABLE_INVALIDATE.maxValue());
    }

    HostResources host() {
        return host;
    }

    /** Takes an entry back from the card, and frees its index and translations (null: has none). */
    void close(int index, MttTable.Mapping mapping) {
        try (Command command = commands.begin()) {
            command.plain(Opcode.HW2SW_MPT, index, 1);
        }
        release(index, mapping);
    }

    private void release(int index, MttTable.Mapping mapping) {
        if (mapping != null) {
            mtts.unmap(mapping);
        }
        indices.free(index);
    }

    private synchronized int newKey(int index) {
        return MemKey.of(index, ++variants[index]);
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
            MemoryKeys.this.close(index, mapping);
        }
    }
}
