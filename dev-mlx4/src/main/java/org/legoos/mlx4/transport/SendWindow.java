package org.legoos.mlx4.transport;

/** Requests that were fetched and have not completed, oldest first, numbered from 0 in order of the queue. */
final class SendWindow {
    static final int CAPACITY = 128;

    private final SendRequest[] ring = new SendRequest[CAPACITY];
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
            request = new SendRequest();
            ring[slot] = request;
        }
        request.clear();
        return request;
    }

    void push() {
        tail++;
    }

    void pop() {
        head++;
    }

    void clear() {
        head = tail;
    }
}
