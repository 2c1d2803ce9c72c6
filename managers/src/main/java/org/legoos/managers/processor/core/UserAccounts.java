package org.legoos.managers.processor.core;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the processes of each user hold together, where a limit is per user and not per process (Linux's struct ucounts). */
public final class UserAccounts {
    /** More users than this are looked through for those who hold nothing. */
    private static final int USERS_KEPT = 1024;

    /** One user. What was taken is given back to the same object. */
    public static final class Account {
        private final AtomicInteger queuedSignals = new AtomicInteger();
        private final AtomicLong messageQueueBytes = new AtomicLong();

        /** RLIMIT_SIGPENDING. */
        public AtomicInteger queuedSignals() {
            return queuedSignals;
        }

        /** RLIMIT_MSGQUEUE. @return whether so many bytes more are within the limit; if so they are taken */
        public boolean takeMessageQueue(long bytes, long limitBytes) {
            long now = messageQueueBytes.addAndGet(bytes);
            boolean fits = limitBytes == Rlimits.INFINITY || now <= limitBytes;
            if (!fits) {
                messageQueueBytes.addAndGet(-bytes);
            }
            return fits;
        }

        public void giveMessageQueue(long bytes) {
            messageQueueBytes.addAndGet(-bytes);
        }

        private boolean isEmpty() {
            return queuedSignals.get() == 0 && messageQueueBytes.get() == 0;
        }
    }

    private final ConcurrentHashMap<Integer, Account> accounts = new ConcurrentHashMap<>();

    public Account of(int uid) {
        Account account = accounts.get(uid);
        if (account != null) {
            return account;
        }
        if (accounts.size() >= USERS_KEPT) {
            accounts.values().removeIf(Account::isEmpty);
        }
        return accounts.computeIfAbsent(uid, id -> new Account());
    }
}
