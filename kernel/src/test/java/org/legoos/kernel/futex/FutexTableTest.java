package org.legoos.kernel.futex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FutexTableTest {
    private static final long WORD = 0x1000;
    private static final long OTHER = 0x2000;

    private final FutexTable table = new FutexTable();
    private final Object space = new Object();
    private final List<Integer> woken = new ArrayList<>();

    private FutexWaiter waiter(int number, int bitset) {
        FutexWaiter waiter = new FutexWaiter(() -> woken.add(number));
        waiter.expectWake(bitset);
        FutexBucket bucket = table.bucket(space, WORD);
        synchronized (bucket) {
            bucket.add(waiter, space, WORD);
        }
        return waiter;
    }

    private int wake(Object owner, long offset, int count, int bitset) {
        FutexBucket bucket = table.bucket(owner, offset);
        synchronized (bucket) {
            return bucket.wake(owner, offset, count, bitset);
        }
    }

    @Test
    void wakesInOrderOfArrivalAndOnlyWhoWaitsForTheWord() {
        FutexWaiter first = waiter(1, FutexWaiter.MATCH_ANY);
        waiter(2, FutexWaiter.MATCH_ANY);
        FutexWaiter third = waiter(3, FutexWaiter.MATCH_ANY);
        assertThat(wake(new Object(), WORD, 9, FutexWaiter.MATCH_ANY)).isZero();
        assertThat(wake(space, OTHER, 9, FutexWaiter.MATCH_ANY)).isZero();
        assertThat(wake(space, WORD, 2, FutexWaiter.MATCH_ANY)).isEqualTo(2);
        assertThat(woken).containsExactly(1, 2);
        assertThat(first.isQueued()).isFalse();
        assertThat(third.isQueued()).isTrue();
    }

    @Test
    void bitsChoose() {
        waiter(1, 1);
        waiter(2, 2);
        waiter(4, 4);
        assertThat(wake(space, WORD, 9, 6)).isEqualTo(2);
        assertThat(woken).containsExactly(2, 4);
    }

    @Test
    void whoHasBeenRequeuedIsFoundAtTheOtherWordAndCanLeave() {
        waiter(1, FutexWaiter.MATCH_ANY);
        FutexWaiter second = waiter(2, FutexWaiter.MATCH_ANY);
        FutexWaiter third = waiter(3, FutexWaiter.MATCH_ANY);
        FutexBucket from = table.bucket(space, WORD);
        FutexBucket to = table.bucket(space, OTHER);
        synchronized (from.isBefore(to) ? from : to) {
            synchronized (from.isBefore(to) ? to : from) {
                assertThat(from.wake(space, WORD, 1, FutexWaiter.MATCH_ANY)).isEqualTo(1);
                assertThat(from.requeue(space, WORD, 9, to, space, OTHER)).isEqualTo(2);
            }
        }
        assertThat(wake(space, WORD, 9, FutexWaiter.MATCH_ANY)).isZero();
        assertThat(second.cancel()).isTrue();
        assertThat(second.cancel()).isFalse();
        assertThat(wake(space, OTHER, 9, FutexWaiter.MATCH_ANY)).isEqualTo(1);
        assertThat(third.cancel()).isFalse();
        assertThat(woken).containsExactly(1, 3);
    }

    @Test
    void requeueToTheSameWordEnds() {
        waiter(1, FutexWaiter.MATCH_ANY);
        waiter(2, FutexWaiter.MATCH_ANY);
        FutexBucket bucket = table.bucket(space, WORD);
        synchronized (bucket) {
            assertThat(bucket.requeue(space, WORD, 100, bucket, space, WORD)).isEqualTo(2);
        }
        assertThat(wake(space, WORD, 9, FutexWaiter.MATCH_ANY)).isEqualTo(2);
    }

    @Test
    void aDeadOwnersHeirsAreFound() {
        FutexWaiter heir = new FutexWaiter(() -> woken.add(7));
        heir.expectOwnership(7, 5);
        FutexBucket bucket = table.bucket(space, WORD);
        synchronized (bucket) {
            bucket.add(heir, space, WORD);
            assertThat(bucket.firstOwnedBy(6)).isNull();
            assertThat(bucket.firstOwnedBy(5)).isSameAs(heir);
            bucket.setPiOwner(space, WORD, 6);
            assertThat(bucket.firstOwnedBy(5)).isNull();
            assertThat(bucket.hasOtherKind(space, WORD, false)).isTrue();
        }
    }
}
