package org.legoos.mlx4.hca;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Something that a doorbell can be rung for. Ringing marks it and links it, once, on the card's list of pending
 * work; no doorbell can be lost and none allocates, however often it is rung.
 */
abstract class Pending {
    private static final VarHandle IS_LINKED;

    static {
        try {
            IS_LINKED = MethodHandles.lookup().findVarHandle(Pending.class, "isLinked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    Pending next; // while linked

    @SuppressWarnings("unused") // through IS_LINKED
    private volatile boolean isLinked;

    /**
     * True for whoever has to link it. A locked store even when it is linked already: what the caller wrote before (a
     * WQE) must be visible to an agent that unlinks it next.
     */
    final boolean claimLink() {
        return !((boolean) IS_LINKED.getAndSet(this, true));
    }

    /** Called by the agent before it looks at what was rung, so that a later ring links again. */
    final void unlink() {
        next = null;
        IS_LINKED.setVolatile(this, false);
    }

    /** The agent's reaction to all rings since the last. */
    abstract void onDoorbell();
}
