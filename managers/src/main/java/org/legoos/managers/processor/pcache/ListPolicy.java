package org.legoos.managers.processor.pcache;

/**
 * FIFO and LRU (evict_fifo.c, evict_lru.c): new lines at the head, victims from the tail. What makes it LRU is
 * {@link SweepDaemon}, which moves lines that were used back to the head.
 */
final class ListPolicy implements EvictionPolicy {
    private final SetTable sets;
    private final LineTable lines;

    ListPolicy(SetTable sets, LineTable lines) {
        this.sets = sets;
        this.lines = lines;
    }

    @Override
    public void inserted(int set, int line) {
        sets.listAddHead(set, line);
    }

    @Override
    public void removed(int set, int line) {
        sets.listRemove(set, line);
    }

    @Override
    public int choose(int set, Claims claims) {
        for (int line = sets.tail(set); line >= 0; line = lines.prev(line)) {
            if (claims.claim(line)) {
                return line;
            }
        }
        return -1;
    }
}
