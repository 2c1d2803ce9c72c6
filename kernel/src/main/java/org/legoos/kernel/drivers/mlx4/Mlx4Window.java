package org.legoos.kernel.drivers.mlx4;

import org.legoos.kernel.ib.MemoryWindow;
import org.legoos.mlx4.prm.MemKey;

/** A memory window of type 2. */
final class Mlx4Window implements MemoryWindow {
    private final MemoryKeys keys;
    private final int index;
    private int key;

    Mlx4Window(MemoryKeys keys, int index, int key) {
        this.keys = keys;
        this.index = index;
        this.key = key;
    }

    @Override
    public int remoteKey() {
        return key;
    }

    @Override
    public int nextKey() {
        key = MemKey.next(key);
        return key;
    }

    @Override
    public void close() {
        keys.close(index, null);
    }
}
