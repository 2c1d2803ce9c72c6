package org.legoos.mlx4.transport;

/** Requests that were fetched and have not completed, oldest first, numbered from 0 in order of the queue. */
final class SendWindow {
    static final int CAPACITY = 128;

    private final SendRequest[] ring = new SendRequest[CAPACITY];
    private final SendRequest[] spare = new SendRequest[CAPACITY]; // so there are as many as ever were on their way at once
    private int spareCount;
    private long head;
    private long tail;

    boolean isEmpty() {
        return head == tail;
    }

    boolean isFull() {
        return tail - head == CAPACITY;
    }

    /** Number of the oldest request. */
    long head() {
        return head;
    }

    /** Number that the next request will get. */
    long tail() {
        return tail;
    }

    SendRequest at(long number) {
        return ring[(int) number & CAPACITY - 1];
    }

    SendRequest oldest() {
        return at(head);
    }

    /** The cleared object for the next request; it counts after {@link #push()}. */
    SendRequest next() {
        int slot = (int) tail & CAPACITY - 1;
        SendRequest request = ring[slot];
        if (request == null) {
            request = spareCount > 0 ? spare[--spareCount] : new SendRequest();
            ring[slot] = request;
        }
        request.clear();
        return request;
    }

    void push() {
        tail++;
    }

    /** The oldest request stays as it is until {@link #next()}. */
    void pop() {
        int slot = (int) head & CAPACITY - 1;
        spare[spareCount++] = ring[slot];
        ring[slot] = null;
        head++;
    }

    void clear() {
        while (!isEmpty()) {
            pop();
        }
    }
}
