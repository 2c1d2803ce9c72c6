package org.legoos.managers.processor.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class InodeLocksTest {
    private static final int BYTES = 64;
    private static final int OWNERS = 3;

    private final InodeLocks locks = new InodeLocks();

    private static Range range(Object owner, boolean isWrite, long start, long end) {
        return new Range(owner, 1, isWrite, start, end);
    }

    /** Against a model that has a letter for each byte and owner. */
    @Test
    void splittingAndJoiningAgreeWithAByteMap() {
        Random random = new Random(7);
        Object[] owners = {new Object(), new Object(), new Object()};
        char[][] model = new char[OWNERS][BYTES];
        for (char[] bytes : model) {
            java.util.Arrays.fill(bytes, '-');
        }
        for (int step = 0; step < 5_000; step++) {
            int who = random.nextInt(OWNERS);
            int start = random.nextInt(BYTES);
            int end = start + random.nextInt(BYTES - start);
            boolean isWrite = random.nextBoolean();
            Range wanted = range(owners[who], isWrite, start, end);
            assertThat(locks.conflict(wanted) != null).isEqualTo(hasConflict(model, who, isWrite, start, end));
            if (random.nextInt(3) == 0) {
                locks.clear(owners[who], start, end);
                java.util.Arrays.fill(model[who], start, end + 1, '-');
            } else if (locks.conflict(wanted) == null) {
                locks.put(wanted);
                java.util.Arrays.fill(model[who], start, end + 1, isWrite ? 'W' : 'R');
            }
            assertThat(locks.count()).isEqualTo(runs(model));
        }
    }

    private static boolean hasConflict(char[][] model, int who, boolean isWrite, int start, int end) {
        for (int other = 0; other < OWNERS; other++) {
            for (int i = start; i <= end && other != who; i++) {
                if (model[other][i] == 'W' || model[other][i] == 'R' && isWrite) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int runs(char[][] model) {
        int runs = 0;
        for (char[] bytes : model) {
            for (int i = 0; i < BYTES; i++) {
                runs += bytes[i] != '-' && (i == 0 || bytes[i - 1] != bytes[i]) ? 1 : 0;
            }
        }
        return runs;
    }

    @Test
    void aLockToTheEndOfTheFileIsSplitToo() {
        Object owner = new Object();
        locks.put(range(owner, true, 0, Long.MAX_VALUE));
        locks.clear(owner, 10, 19);
        assertThat(locks.count()).isEqualTo(2);
        assertThat(locks.conflict(range(new Object(), false, 10, 19))).isNull();
        assertThat(locks.conflict(range(new Object(), false, 20, 20)).end()).isEqualTo(Long.MAX_VALUE);
    }
}
