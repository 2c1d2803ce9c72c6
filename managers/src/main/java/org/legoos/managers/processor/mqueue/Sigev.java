package org.legoos.managers.processor.mqueue;

/** sigev_notify of mq_notify(2). */
final class Sigev {
    static final int SIGNAL = 0;
    static final int NONE = 1;
    static final int THREAD = 2;

    private Sigev() {}
}
