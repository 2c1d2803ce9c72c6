package org.legoos.mlx4.hca;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * A sparse table by object number (QPN, CQN, SRQN). The agent changes it; doorbell writers on any thread look things
 * up. Numbers wrap at the table's size, as the card's do: whoever looks up compares the full number.
 */
final class ObjectTable<T> {
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK = 1 << CHUNK_SHIFT;

    private final AtomicReferenceArray<AtomicReferenceArray<T>> chunks;
    private final int mask;
    private final int maxLive;
    private int live;

    ObjectTable(int logSize, int maxLive) {
        mask = (1 << logSize) - 1;
        this.maxLive = maxLive;
        chunks = new AtomicReferenceArray<>((mask >>> CHUNK_SHIFT) + 1);
    }

    T get(int number) {
        int index = number & mask;
        AtomicReferenceArray<T> chunk = chunks.get(index >>> CHUNK_SHIFT);
        return chunk == null ? null : chunk.get(index & CHUNK - 1);
    }

    boolean isFull() {
        return live >= maxLive;
    }

    int live() {
        return live;
    }

    int size() {
        return mask + 1;
    }

    void put(int number, T object) {
        int index = number & mask;
        AtomicReferenceArray<T> chunk = chunks.get(index >>> CHUNK_SHIFT);
        if (chunk == null) {
            chunk = new AtomicReferenceArray<>(CHUNK);
            chunks.set(index >>> CHUNK_SHIFT, chunk);
        }
        live += (object == null ? 0 : 1) - (chunk.get(index & CHUNK - 1) == null ? 0 : 1);
        chunk.set(index & CHUNK - 1, object);
    }

    void forEach(Consumer<T> action) {
        for (int i = 0; i < chunks.length(); i++) {
            AtomicReferenceArray<T> chunk = chunks.get(i);
            for (int j = 0; chunk != null && j < CHUNK; j++) {
                T object = chunk.get(j);
                if (object != null) {
                    action.accept(object);
                }
            }
        }
    }
}
