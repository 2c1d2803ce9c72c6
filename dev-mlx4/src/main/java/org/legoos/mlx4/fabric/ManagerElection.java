package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.SmInfo;

/**
 * Which subnet manager is the master: the built-in one's part of the state machine of IBA 14.4.1. Requests of other managers come on
 * the thread of the agent that answers them, our own decisions on the subnet host's; so the state has a lock.
 *
 * <pre>
 *   DISCOVERING ── nobody better ──> MASTER ── ACKNOWLEDGE after our HANDOVER ──> STANDBY
 *        ^                             ^ └───────────── HANDOVER from the master ─────┤
 *        └──── DISCOVER, master silent ┴────────────────────────────────────────────┤
 *   NOT ACTIVE <──────────────── DISABLE ────────────────────────────────────────────┘ (STANDBY leads back)
 * </pre>
 */
final class ManagerElection {
    /** Lowest: whoever brings a manager of his own wants it to manage; ties are for the lower GUID, and ours is high. */
    private static final int PRIORITY = 0;

    /** What managers that belong together share; opensm's default, without which it takes no notice of others. */
    static final long SM_KEY = 1;

    private final long guid;
    private int state = SmInfo.STATE_MASTER; // guarded by this
    private boolean hasHandedOver; // guarded by this: HANDOVER sent, not yet acknowledged
    private int activity; // guarded by this

    /** What another manager says of itself. */
    record Manager(long guid, int priority, int state) {
        static Manager of(MemorySegment m) {
            return new Manager(SmInfo.GUID.get(m, Mad.DATA), SmInfo.PRIORITY.get(m, Mad.DATA), SmInfo.STATE.get(m, Mad.DATA));
        }
    }

    ManagerElection(long guid) {
        this.guid = guid;
    }

    synchronized int state() {
        return state;
    }

    synchronized boolean isMaster() {
        return state == SmInfo.STATE_MASTER;
    }

    boolean isPresent() {
        return state() != SmInfo.STATE_NOT_ACTIVE;
    }

    synchronized void become(int newState) {
        state = newState;
        hasHandedOver = false;
        activity++;
    }

    synchronized void noteHandover() {
        hasHandedOver = true;
    }

    synchronized boolean hasHandedOver() {
        return hasHandedOver;
    }

    /** Should that one be master rather than we? */
    boolean isBetter(Manager other) {
        return other.priority != PRIORITY ? other.priority > PRIORITY : Long.compareUnsigned(other.guid, guid) < 0;
    }

    /** SMInfo, at {@code at} in {@code m}. Telling it is activity, as a datagram sent is (IBA 14.4.1: others see that it lives). */
    synchronized void describe(MemorySegment m, long at) {
        activity++;
        SmInfo.GUID.set(m, at, guid);
        SmInfo.SM_KEY.set(m, at, SM_KEY);
        SmInfo.ACT_COUNT.set(m, at, activity);
        SmInfo.PRIORITY.set(m, at, PRIORITY);
        SmInfo.STATE.set(m, at, state);
    }

    /** A Set of SMInfo by another manager: its attribute modifier says what we shall do. The status. */
    synchronized int obey(int modifier) {
        switch (modifier) {
            case SmInfo.HANDOVER -> {
                if (state != SmInfo.STATE_STANDBY && state != SmInfo.STATE_MASTER) {
                    return Mad.STATUS_BAD_FIELD;
                }
                become(SmInfo.STATE_MASTER);
            }
            case SmInfo.ACKNOWLEDGE -> {
                if (state == SmInfo.STATE_STANDBY) {
                    return 0; // known already
                }
                if (!hasHandedOver) {
                    return Mad.STATUS_BAD_FIELD;
                }
                become(SmInfo.STATE_STANDBY);
            }
            case SmInfo.DISABLE -> {
                if (state != SmInfo.STATE_STANDBY && state != SmInfo.STATE_NOT_ACTIVE) {
                    return Mad.STATUS_BAD_FIELD;
                }
                become(SmInfo.STATE_NOT_ACTIVE);
            }
            case SmInfo.STANDBY -> {
                if (state != SmInfo.STATE_NOT_ACTIVE && state != SmInfo.STATE_STANDBY) {
                    return Mad.STATUS_BAD_FIELD;
                }
                become(SmInfo.STATE_STANDBY);
            }
            case SmInfo.DISCOVER -> {
                if (state != SmInfo.STATE_STANDBY) {
                    return Mad.STATUS_BAD_FIELD;
                }
                become(SmInfo.STATE_DISCOVERING);
            }
            default -> {
                return Mad.STATUS_BAD_FIELD;
            }
        }
        return 0;
    }
}
