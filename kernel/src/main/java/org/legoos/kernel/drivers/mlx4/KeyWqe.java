package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.Access;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.mlx4.prm.BindSegment;
import org.legoos.mlx4.prm.FastRegSegment;
import org.legoos.mlx4.prm.LocalInvalSegment;

/** The segments of work requests that change keys (mlx4_ib's set_reg_seg, set_bind_seg, set_local_inv_seg). */
final class KeyWqe {
    private KeyWqe() {}

    /** Writes the segment at {@code at}. @return its size */
    static int write(MemorySegment memory, long at, SendWorkRequest request) {
        return switch (request.opcode) {
            case REG_MR -> fastRegister(memory, at, (Mlx4FastRegion) request.region, request.access);
            case BIND_MW -> bind(memory, at, request);
            case LOCAL_INV -> invalidate(memory, at, request.invalidateKey);
            default -> throw new IllegalArgumentException("not about keys: " + request.opcode);
        };
    }

    /** Are the objects that the request names there, and ours? */
    static boolean isValid(SendWorkRequest request) {
        return switch (request.opcode) {
            case REG_MR -> request.region instanceof Mlx4FastRegion region && region.lengthBytes() > 0;
            case BIND_MW -> request.window instanceof Mlx4Window && request.boundLengthBytes >= 0;
            default -> true;
        };
    }

    private static int fastRegister(MemorySegment memory, long at, Mlx4FastRegion region, int rights) {
        zero(memory, at, FastRegSegment.SIZE_BYTES);
        FastRegSegment.LOCAL_READ.set(memory, at, 1);
        FastRegSegment.LOCAL_WRITE.set(memory, at, bit(rights, Access.LOCAL_WRITE));
        FastRegSegment.REMOTE_READ.set(memory, at, bit(rights, Access.REMOTE_READ));
        FastRegSegment.REMOTE_WRITE.set(memory, at, bit(rights, Access.REMOTE_WRITE));
        FastRegSegment.REMOTE_ATOMIC.set(memory, at, bit(rights, Access.REMOTE_ATOMIC));
        FastRegSegment.KEY.set(memory, at, region.localKey());
        FastRegSegment.PAGE_LIST.set(memory, at, region.pageListPa());
        FastRegSegment.START.set(memory, at, region.virtualAddress());
        FastRegSegment.LENGTH.set(memory, at, region.lengthBytes());
        FastRegSegment.LOG_PAGE_SIZE.set(memory, at, PhysicalMemory.PAGE_SHIFT);
        return FastRegSegment.SIZE_BYTES;
    }

    private static int bind(MemorySegment memory, long at, SendWorkRequest request) {
        zero(memory, at, BindSegment.SIZE_BYTES);
        BindSegment.REMOTE_READ.set(memory, at, bit(request.access, Access.REMOTE_READ));
        BindSegment.REMOTE_WRITE.set(memory, at, bit(request.access, Access.REMOTE_WRITE));
        BindSegment.REMOTE_ATOMIC.set(memory, at, bit(request.access, Access.REMOTE_ATOMIC));
        BindSegment.TYPE_2.set(memory, at, 1);
        BindSegment.NEW_RKEY.set(memory, at, request.window.remoteKey());
        BindSegment.REGION_LKEY.set(memory, at, request.boundLocalKey);
        BindSegment.ADDRESS.set(memory, at, request.boundAddress);
        BindSegment.LENGTH.set(memory, at, request.boundLengthBytes);
        return BindSegment.SIZE_BYTES;
    }

    private static int invalidate(MemorySegment memory, long at, int key) {
        zero(memory, at, LocalInvalSegment.SIZE_BYTES);
        LocalInvalSegment.KEY.set(memory, at, key);
        return LocalInvalSegment.SIZE_BYTES;
    }

    private static int bit(int rights, int right) {
        return Access.has(rights, right) ? 1 : 0;
    }

    private static void zero(MemorySegment memory, long at, int sizeBytes) {
        for (int done = 0; done < sizeBytes; done += Integer.BYTES) {
            WireWords.put(memory, at + done, 0);
        }
    }
}
