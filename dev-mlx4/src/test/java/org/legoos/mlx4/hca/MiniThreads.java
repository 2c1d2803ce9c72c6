package org.legoos.mlx4.hca;

import java.util.concurrent.Executor;

/** Runs each task on a new daemon thread, so that tests really have as many threads as they ask for. */
final class MiniThreads {
    static final Executor EACH = task -> Thread.ofPlatform().daemon().start(task);

    private MiniThreads() {}
}
