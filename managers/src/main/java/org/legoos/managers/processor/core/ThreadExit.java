package org.legoos.managers.processor.core;

import org.legoos.managers.processor.mm.UserMemory;

/** What a thread's end does to the program's memory (Linux's mm_release). */
final class ThreadExit {
    private ThreadExit() {}

    /** Frees its robust locks, clears the word that set_tid_address(2) named and wakes who waits for it: pthread_join. */
    static void tellProgram(UserThread thread) {
        UserMemory memory = thread.user().memory();
        if (memory == null) {
            return;
        }
        RobustList.release(thread);
        long va = thread.clearChildTidVa;
        if (va != 0) {
            thread.clearChildTidVa = 0;
            if (memory.putInt(va, 0)) {
                FutexWord.wakeShared(thread, va, 1);
            }
        }
    }
}
