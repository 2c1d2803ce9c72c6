package org.legoos.mlx4.hca;

/** Queue pairs that asked to be run, each once, first come first served. */
final class RunList {
    private QueuePair first;
    private QueuePair last;
    private int count;

    void add(QueuePair qp) {
        if (qp.isOnRunList) {
            return;
        }
        qp.isOnRunList = true;
        qp.nextToRun = null;
        if (last == null) {
            first = qp;
        } else {
            last.nextToRun = qp;
        }
        last = qp;
        count++;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Runs those that are listed now; they may list themselves again. */
    void runAll() {
        for (int left = count; left > 0; left--) {
            QueuePair qp = first;
            first = qp.nextToRun;
            if (first == null) {
                last = null;
            }
            count--;
            qp.nextToRun = null;
            qp.isOnRunList = false;
            qp.runTransport();
        }
    }
}
